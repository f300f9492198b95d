package ui

import "warder/ui/components"

// shape is how the screen is divided.
type shape int

// The shapes.
const (
	brief  shape = iota // the verdict and the worst finding only
	folded              // one pane at a time has the room, the others are a line each
	full                // all panes at once
	zoomed              // one pane has all
)

// The sizes from which there is room for panes, and for all of them.
const (
	minW, minH   = 60, 16
	fullW, fullH = 120, 30
)

// The panes by place. Findings stand below the others.
const (
	paneHealth = iota
	paneRaft
	paneSeal
	paneRewrap
	paneFindings
	paneCount
)

// plan is where everything stands. A pane with one row and no frame is folded to a line.
type plan struct {
	shape  shape
	header components.Rect
	footer components.Rect
	panes  [paneCount]components.Rect
}

// layout divides a screen of w×h. needs are the lines each pane would like, without its frame; focus is the pane that the
// keys go to.
func layout(w, h, focus int, zoom bool, needs [paneCount]int) plan {
	var p plan
	if w < minW || h < minH {
		return p
	}
	p.header = components.Rect{W: w, H: 1}
	p.footer = components.Rect{Y: h - 1, W: w, H: 1}
	body := components.Rect{Y: 1, W: w, H: h - 2}
	switch {
	case zoom:
		p.shape, p.panes[focus] = zoomed, body
	case w >= fullW && h >= fullH:
		p.shape = full
		p.grid(body, needs)
	default:
		p.shape = folded
		p.stack(body, focus, needs)
	}
	return p
}

// grid puts two panes above two panes above the findings. The tables of nodes and the lower panes get what they need, as far
// as a half and a third of the height, and the findings get the rest.
func (p *plan) grid(body components.Rect, needs [paneCount]int) {
	const frame, least = 2, 6
	low := clamp(max(needs[paneSeal], needs[paneRewrap])+frame, least, body.H/3)
	top := clamp(max(needs[paneHealth], needs[paneRaft])+frame, least, body.H/2)
	if spare := body.H - low - top - max(least, needs[paneFindings]+frame); spare < 0 && top > body.H/3 {
		top = max(body.H/3, top+spare)
	}
	left, y := body.W/2, body.Y
	p.panes[paneHealth] = components.Rect{X: 0, Y: y, W: left, H: top}
	p.panes[paneRaft] = components.Rect{X: left, Y: y, W: body.W - left, H: top}
	p.panes[paneSeal] = components.Rect{X: 0, Y: y + top, W: left, H: low}
	p.panes[paneRewrap] = components.Rect{X: left, Y: y + top, W: body.W - left, H: low}
	p.panes[paneFindings] = components.Rect{X: 0, Y: y + top + low, W: body.W, H: body.H - top - low}
}

// stack gives the focused pane what it needs and the findings the rest; the others are a line each. With the focus on the
// findings they have all of it.
func (p *plan) stack(body components.Rect, focus int, needs [paneCount]int) {
	const frame, least = 2, 5
	open := 0
	if room := body.H - (paneCount - 2); focus != paneFindings {
		open = clamp(needs[focus]+frame, least, room-least)
	}
	y := body.Y
	for i := range paneFindings {
		rows := 1
		if i == focus {
			rows = open
		}
		p.panes[i] = components.Rect{X: 0, Y: y, W: body.W, H: rows}
		y += rows
	}
	p.panes[paneFindings] = components.Rect{X: 0, Y: y, W: body.W, H: body.Y + body.H - y}
}

func clamp(v, least, most int) int { return max(least, min(v, max(least, most))) }
