package demo

// otherEndpoints are those that the console does not depend on.
var otherEndpoints = map[string]*endpoint{}
