package demo

import (
	"reflect"
	"strings"
)

// renamed gives a timetable's fault the product's own names, since timetables are written with Vault's.
func (c *Cluster) renamed(f Fault) Fault {
	if !c.product.bao() {
		return f
	}
	fault := reflect.New(reflect.TypeOf(f)).Elem()
	fault.Set(reflect.ValueOf(f))
	if node := fault.FieldByName("Node"); node.IsValid() {
		node.SetString(strings.Replace(node.String(), "vault-", c.product.era().nodes+"-", 1))
	}
	return fault.Interface().(Fault)
}
