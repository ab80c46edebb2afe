package main

import (
	"regexp"
	"strings"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// What a person does about what came back.
const (
	toReceive duty = "receive"
	toInspect duty = "inspect"
	toShelve  duty = "shelve"
)

// The moments at which a person errs there.
const (
	onBox    moment = "box"
	onArrive moment = "arrive"
	onGoods  moment = "goods"
	onLook   moment = "look"
	onGrade  moment = "grade"
	onShelf  moment = "shelf"
)

// deskFull is after how many lines totes of graded goods are put away.
const deskFull = 15

// A backDesk is what a person has in front of them of what came back.
type backDesk struct {
	second bool // it is the second act
	box    *box
	left   []some // in it
	fate   fate   // of what was refused
	bench  bool   // who received the goods does not inspect them
	at     bool   // the bench is theirs
	grade  string
	look   some // what is looked at
	split  bool // not all of it is alike: they say so on the screen
	totes  map[store.Disposition]string
	lines  int
	tote   string // that is put away
}

// A fate is what becomes of goods that were refused.
type fate string

const (
	putAside fate = "aside"
	sentAway fate = "away"
)

// nextBack is what a person turns to: graded goods must not pile up.
func (p *person) nextBack() duty {
	boxes, totes := p.floor.waitsBack()
	if p.desk.lines >= deskFull || boxes == 0 {
		for _, as := range store.Dispositions {
			if tote := p.desk.totes[as]; tote != "" {
				p.floor.toShelve(tote)
				totes++
			}
		}
		p.desk.totes, p.desk.lines = nil, 0
	}
	switch {
	case totes > 0 || p.desk.tote != "":
		return toShelve
	case boxes > 0:
		return toReceive
	case p.desk.at || p.floor.toBench():
		p.desk.at = true
		return toInspect
	}
	return toLeave
}

// backPrompts are what the terminal can say about what came back.
func (p *person) backPrompts() (out []prompt) {
	t := p.text
	only := func(where func(view) passage) func(view) passage {
		return func(v view) passage {
			if !p.desk.second {
				return passage{}
			}
			return where(v)
		}
	}
	body := only(func(v view) passage { return v.body })
	out = []prompt{{only(func(v view) passage { return v.banner }),
		phraseOf(t.InspectHow(sampleNo), aNumber), p.saysHow}}
	for as, name := range t.Dispositions() {
		out = append(out,
			prompt{body, phraseOf(component.Clean(t.InspectTote(name))),
				func(v view, _ []string) { p.grades(v, as) }},
			prompt{body, phraseOf(component.Clean(t.PutAwayAnyBin(name))), p.walksAnywhere})
	}
	out = append(out, []prompt{
		{body, phraseOf(t.ReturnsScan()), p.turnsBack},
		{body, phraseOf(t.ReceiveOpen()), p.opensBox},
		{body, phraseOf(t.ArriveScan()), p.registers},
		{body, phraseOf(t.Otherwise()), p.goesOtherwise},
		{body, phraseOf(t.ReceiveNobodys()), p.unpacks},
		{body, phraseOf(t.InspectNone()), p.allGraded},
		{body, phraseOf(t.InspectChoose()), func(view, []string) { p.press("enter") }},
		{body, phraseOf(t.PutAwayScan()), p.brings},
		{body, phraseOf(t.PutAwayBin(aCode), aCode), p.walks},
		{body, phraseOf(t.InspectWhose("")), p.saysWhich},
		{body, phraseOf(t.AskItem()), p.looksOrShelves},
	}...)
	for _, inspect := range []bool{true, false} {
		out = append(out, prompt{body, phraseOf(t.ReceiveScan(inspect)), p.unpacks},
			prompt{body, phraseOf(t.ReceiveAll(inspect)), p.unpacks})
	}
	return out
}

// turnsBack goes to the row of the work on returns that a person turns to.
func (p *person) turnsBack(v view, _ []string) {
	t := p.text
	p.duty = p.next()
	row := map[duty]string{toReceive: t.ReturnsReceive(sampleNo),
		toInspect: t.ReturnsInspect(sampleNo), toShelve: t.ReturnsPutAway(sampleNo)}[p.duty]
	if row == "" {
		p.press("esc")
		return
	}
	p.goes(v, row)
}

// opensBox scans what is on the next box. One that nobody knows is registered first; one that
// several returns may be of waits.
func (p *person) opensBox(v view, _ []string) {
	d := &p.desk
	if p.letsGo(v) {
		p.floor.later(d.box)
		d.box = nil
	}
	if d.box == nil {
		p.duty = p.next()
	}
	if d.box == nil && p.duty == toReceive {
		p.takesBox(p.floor.nextBox(false))
	}
	switch {
	case d.box == nil:
		p.press("esc")
	case d.box.waybill != "" && !d.box.known:
		p.press("f4")
	case !p.errs(v, onBox):
		p.offered = true
		p.scan(d.box.label())
	}
}

func (p *person) takesBox(b *box) {
	p.desk.box, p.desk.left, p.hand = b, nil, nil
	if b != nil {
		p.desk.left = append(p.desk.left, b.goods...)
		p.desk.bench = p.chance.Float64() < forBench
	}
}

// registers scans the waybill of a parcel that nobody announced.
func (p *person) registers(v view, _ []string) {
	b := p.desk.box
	if said, ok := p.phrases.arrived.in(v.banner); ok && b != nil && said[0] == b.waybill {
		b.known = true
	}
	switch {
	case b == nil || b.known:
		p.press("esc")
	case !p.errs(v, onArrive):
		p.scan(b.waybill)
	}
}

// unpacks takes what is left in the box, and then goes on to look at it.
func (p *person) unpacks(v view, _ []string) {
	d := &p.desk
	p.offered = false
	if d.box == nil || d.box.rma != "" && !strings.Contains(v.body.solid, d.box.rma) {
		p.press("f6")
		return
	}
	if len(d.left) == 0 {
		p.endsBox(v)
		return
	}
	next := d.left[0]
	if p.errs(v, onGoods) || d.box.rma != "" && p.errsOver(next.sku, next.n) {
		return
	}
	n := next.n
	if n > 1 && p.chance.Float64() < twoVisits {
		n = 1 + store.Qty(p.chance.Int64N(int64(n)-1))
	}
	p.counts(next.sku, n, p.unpacked)
}

// unpacked is how goods leave the box: to the stage, aside or back to whoever brought them.
func (p *person) unpacked(what label, times store.Qty) {
	d := &p.desk
	n := what.n * times
	if d.left[0].n -= n; d.left[0].n == 0 {
		d.left = d.left[1:]
	}
	switch {
	case d.fate == sentAway:
	case p.floor.knows(what.piece):
		p.floor.stage(what.piece, n)
	default:
		p.floor.keep(n)
	}
	d.fate = ""
}

// endsBox looks at what was received, at once or later. Where all came, the next label opens
// the next return.
func (p *person) endsBox(v view) {
	d := &p.desk
	waits := p.phrases.looks.on(v.body) || p.phrases.allLooks.on(v.body)
	if waits && !d.bench {
		p.press("f5")
		return
	}
	p.floor.emptied(waits)
	p.takesBox(nil)
	if all := p.phrases.all.on(v.body) || p.phrases.allLooks.on(v.body); all &&
		d.lines < deskFull && p.chance.IntN(2) == 0 {
		p.takesBox(p.floor.nextBox(true))
	}
	if d.box == nil {
		p.press("f6")
		return
	}
	p.scan(d.box.label())
}

// goesOtherwise puts aside what was refused, or hands it back. What was scanned by mistake is
// let go.
func (p *person) goesOtherwise(view, []string) {
	switch {
	case p.hand == nil || !p.hand.scanned:
		p.press("esc")
	case p.chance.Float64() < handedBack:
		p.desk.fate = sentAway
		p.press("f4")
	default:
		p.desk.fate = putAside
		p.press("f2")
	}
}

func (p *person) looksOrShelves(v view, said []string) {
	if p.duty == toShelve {
		p.shelves(v)
		return
	}
	p.looks(v, said)
}

// pieces is how a row of goods begins that wait: with their number. Those that somebody looked
// at before do not.
var pieces = regexp.MustCompile(`^(\d+) `)

// looks scans what waits first, some or all of it.
func (p *person) looks(v view, said []string) {
	d := &p.desk
	var m []string
	for _, line := range v.lines {
		if m = pieces.FindStringSubmatch(line); m != nil {
			break
		}
	}
	if m == nil {
		p.allGraded(v, said)
		return
	}
	n, sku := number(m[1]), pieceOf(v.asks)
	if p.errs(v, onLook) || p.errsOver(sku, n) {
		return
	}
	d.grade, d.split = draw(p.chance, gradeMix), false
	if n > 1 && p.chance.Float64() < mixedGrade {
		d.split = p.chance.IntN(2) == 0
		n = 1 + store.Qty(p.chance.Int64N(int64(n)-1))
	}
	if d.split {
		n = 1 // the others are said on the screen
	}
	p.counts(sku, n, func(what label, times store.Qty) { d.look = some{sku, what.n * times} })
}

// aReturn is the number of a return as the screen has it.
var aReturn = regexp.MustCompile(`TH[0-9A-Z-]+`)

// saysWhich scans the label of one of the returns that the goods in hand may be of.
func (p *person) saysWhich(v view, _ []string) {
	id := aReturn.FindString(v.banner.solid)
	if p.hand == nil || id == "" {
		p.press("esc")
		return
	}
	p.scan(own(scanner.ReturnLabel, id))
}

// allGraded leaves the goods, which are all looked at.
func (p *person) allGraded(view, []string) {
	if p.desk.at {
		p.desk.at = false
		p.floor.offBench()
	}
	p.press("esc")
}

// option is a row of a choice: its digit, and what it stands for.
var option = regexp.MustCompile(`^[> ] (\d) (.+)$`)

// choosesGrade presses the digit of the grade.
func (p *person) choosesGrade(v view) {
	for _, g := range store.StandardGrades {
		if g.Code != p.desk.grade {
			continue
		}
		for _, line := range v.lines {
			m := option.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			name, _, cut := strings.Cut(m[2], "..")
			whole := strings.HasPrefix(name, p.text.GradeName(g))
			if whole || cut && strings.HasPrefix(p.text.GradeName(g), name) {
				p.press(m[1])
				return
			}
		}
	}
	p.press("esc")
}

// counted is how many pieces of how many are looked at, at the end of the title.
var counted = regexp.MustCompile(` (\d+)(?:/| of )(\d+)\D*$`)

// grades puts what was looked at into the tote for what is to become of it.
func (p *person) grades(v view, as store.Disposition) {
	d := &p.desk
	if m := counted.FindStringSubmatch(v.lines[0]); m != nil {
		if n := number(m[1]); n != d.look.n {
			p.wrong("%d %s are looked at, on the screen %d", d.look.n, d.look.sku, n)
			d.look.n = n
		}
		if d.split && number(m[2]) > 1 {
			d.split = false
			p.press("f5")
			return
		}
	}
	if p.errs(v, onGrade) {
		return
	}
	if d.totes[as] == "" {
		if d.totes == nil {
			d.totes = map[store.Disposition]string{}
		}
		d.totes[as] = p.floor.emptyTote()
	}
	tote, seen := d.totes[as], d.look
	p.hand = &handful{what: label{seen.sku, seen.sku, 1}, times: seen.n, scanned: true,
		then: func(label, store.Qty) {
			if left := p.floor.stage(seen.sku, -seen.n); left < 0 {
				p.wrong("%d %s graded that were not on the stage", -left, seen.sku)
			}
			p.floor.fill(tote, seen.sku, seen.n)
			d.lines++
		}}
	p.scan(own(scanner.ToteLabel, tote))
}

// saysHow types how many of the goods are as the one that was looked at.
func (p *person) saysHow(_ view, said []string) {
	p.desk.look.n = 1 + store.Qty(p.chance.Int64N(int64(number(said[0]))))
	p.enter(p.desk.look.n.String())
}

// brings opens the next tote that is to be put away.
func (p *person) brings(v view, _ []string) {
	d := &p.desk
	if p.duty != toShelve {
		p.press("esc")
		return
	}
	if d.tote != "" && p.floor.isEmpty(d.tote) {
		p.floor.bring(d.tote)
		d.tote = ""
	}
	if d.tote == "" {
		d.tote = p.floor.shelving()
	}
	switch {
	case d.tote == "":
		p.press("esc")
	case !p.errs(v, onTable):
		p.bin = ""
		p.scan(own(scanner.ToteLabel, d.tote))
	}
}

// walksAnywhere takes goods that are not sold again to a bin for such goods, where none is
// proposed.
func (p *person) walksAnywhere(v view, _ []string) {
	bins := p.floor.back.outside
	p.walks(v, []string{bins[p.chance.IntN(len(bins))]})
}

// shelves puts what is next in the tote into the bin.
func (p *person) shelves(v view) {
	sku, left := pieceOf(v.asks), store.Qty(1)
	for _, f := range p.phrases.load {
		if n, ok := f.in(v.body); ok {
			left = number(n[0])
		}
	}
	if p.errs(v, onShelf) || p.errsOver(sku, left) {
		return
	}
	n := left
	if n > 1 && p.chance.Float64() < twoVisits {
		n = 1 + store.Qty(p.chance.Int64N(int64(n)-1))
	}
	p.counts(sku, n, func(what label, times store.Qty) {
		p.floor.shelved(p.desk.tote, p.bin, sku, what.n*times)
	})
}

// backBlunders are the wrong labels of what comes back: what would be right is taken out.
func (p *person) backBlunders(out map[string]string, at moment, item string) {
	d := &p.desk
	out["wrong tote"] = own(scanner.ToteLabel, emptyTote)
	wrong := true
	switch at {
	case onArrive:
		out["unknown code"] = noWaybill
	case onGoods:
		wrong = d.box.paper == "" // else it may have left for that order
		for _, h := range d.box.goods {
			wrong = wrong && h.sku != item
		}
	case onLook:
		wrong = !p.floor.cameBack(item)
	case onShelf:
		wrong = p.floor.holds(d.tote, item) == 0
	case onGrade:
		delete(out, "wrong tote")
	}
	if !wrong {
		delete(out, "wrong item")
	}
}

// backPhrases are what a person reads out of the screens of returns, beside the prompts.
type backPhrases struct {
	looks, all, allLooks, arrived, otherwise, which phrase
	load                                            []phrase
}

func backPhrasesOf(t i18n.Text) backPhrases {
	out := backPhrases{
		looks:     phraseOf(t.ReceiveScan(true)),
		all:       phraseOf(t.ReceiveAll(false)),
		allLooks:  phraseOf(t.ReceiveAll(true)),
		arrived:   phraseOf(t.Arrived(aCode), aCode),
		otherwise: phraseOf(t.Otherwise()),
		which:     phraseOf(t.InspectWhose("")),
	}
	for _, name := range t.Dispositions() {
		out.load = append(out.load, phraseOf(t.PutAwayAs(sampleNo, name), aNumber))
	}
	return out
}
