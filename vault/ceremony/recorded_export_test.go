package ceremony

// Fail has the record fail from here on, as a full disk does.
func (r *Recorder) Fail(err error) { r.fail(err) }
