package views

import (
	tea "charm.land/bubbletea/v2"

	"warder/ui/components"
)

// possible are the deeds that nothing known speaks against.
func (d *Act) possible() []Deed {
	var out []Deed
	for _, deed := range d.outlook.Deeds {
		if deed.Refuse == "" {
			out = append(out, deed)
		}
	}
	return out
}

// choose asks which deed it shall be, where there are several.
func (d *Act) choose() {
	deeds := d.possible()
	switch {
	case len(deeds) == 0:
		d.enter(actChoosing, nil)
		return
	case len(d.outlook.Deeds) == 1:
		d.fill(deeds[0])
		return
	}
	const nothing = ""
	options := []components.Option{{Key: nothing, Label: "Nothing"}}
	for _, deed := range deeds {
		options = append(options, components.Option{Key: deed.Name, Label: deed.Name, Hint: deed.Hint})
	}
	d.enter(actChoosing, components.NewForm(components.FormSpec{
		Bare:   true,
		Fields: []components.Field{components.Choice{Key: "deed", Options: options}},
		Submit: func(a *components.Answers) components.Action {
			for _, deed := range deeds {
				if deed.Name == a.Text("deed") {
					d.fill(deed)
					return nil
				}
			}
			return components.Close{}
		},
	}))
}

// fill asks for the deed's values, where it has any.
func (d *Act) fill(deed Deed) {
	d.deed, d.values = deed, map[string]string{}
	d.found = Examined{}
	if len(deed.Fields) == 0 {
		d.ask()
		return
	}
	d.enter(actFilling, components.NewForm(components.FormSpec{
		Bare: true, Fields: deed.Fields, Cancel: d.back,
		Submit: func(a *components.Answers) components.Action {
			d.values = a.Values()
			return d.examine()
		},
	}))
}

// examine looks closer, where the deed wants that, and asks then.
func (d *Act) examine() components.Action {
	if d.deed.Examine == nil {
		d.ask()
		return nil
	}
	deed, values := d.deed, d.values
	d.enter(actExamining, nil)
	return components.Run{Cmd: func() tea.Msg {
		found, refuse := deed.Examine(values)
		return ActMsg{Act: d, Examined: &Examined{found, refuse}}
	}}
}

// ask asks whether it shall be done, with the button in focus that does nothing.
func (d *Act) ask() {
	deed, values := d.deed, d.values
	spec := components.FormSpec{Bare: true, Cancel: d.back, Fields: []components.Field{components.YesNo{Key: "go", Yes: deed.Name, No: "No"}}}
	if deed.Word != "" {
		spec.Fields = []components.Field{components.Retype{Key: "go", Title: "Type " + deed.Word + " to confirm", Want: deed.Word}}
	}
	spec.Submit = func(a *components.Answers) components.Action {
		if deed.Word == "" && !a.Yes("go") {
			return components.Close{}
		}
		d.enter(actDoing, nil)
		return components.Run{Cmd: func() tea.Msg {
			out := deed.Do(values)
			return ActMsg{Act: d, Result: &out}
		}}
	}
	d.enter(actAsking, components.NewForm(spec))
}

// back returns to the choice, where there was one.
func (d *Act) back() components.Action {
	if len(d.outlook.Deeds) == 1 {
		return components.Close{}
	}
	d.choose()
	return nil
}
