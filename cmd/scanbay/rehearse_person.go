package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// A duty is what a person is about to do, once at home.
type duty string

const (
	toPick   duty = "pick"
	toPack   duty = "pack"
	toDock   duty = "dock"
	toDecide duty = "decide"
	toLeave  duty = "leave"
)

const (
	stuckAfter  = 25  // looks at one screen
	lostAfter   = 600 // looks, since anything moved
	fewPieces   = 3   // more than these are counted, typed, and scanned once
	cartonLines = 25  // a carton is full
	dockFull    = 12  // cartons, before somebody hands them over
)

// A person works at a terminal, and knows what it shows and what lies in front.
type person struct {
	seat
	steady  bool // the seat's clock stands still between the scans of one breath
	number  string
	text    i18n.Text
	phrases phrases
	floor   *floor
	chance  *rand.Rand
	rates   rates

	duty    duty
	done    bool // signed out, with nothing left to do
	noWork  bool // nothing to pick was left
	noHeld  bool
	tote    string
	bin     string
	fresh   bool // at the bin: nothing of it was looked for yet
	hand    *handful
	parcel  string // the label of the one in hand, on the dock
	offered bool   // the last scan was a right one there
	toGo    int    // parcels, as the home screen says
	sealed  string // the last carton
	packed  int    // scans into the carton
	reason  string // for the choice that comes
	lapse   lapse
	slip    string // the marked row of the list, before
	last    label  // scanned right, of goods
	desk    backDesk
	bins    counting

	before   view
	same     int // looks at it
	idle     int // looks since anything moved
	mistakes int
	wrongs   []string // what must not happen
}

// rates say how often a person errs, and how often a bin holds less than the book.
type rates struct{ errors, missing float64 }

// A handful is what a person holds and has scanned, until the terminal answers.
type handful struct {
	what    label
	times   store.Qty // the label, once each
	typed   store.Qty // before the scan; 0 for none
	scanned bool
	then    func(what label, times store.Qty) // once it is taken; nil in the first act
}

// A lapse is a wrong scan, until the terminal answers.
type lapse struct {
	what string // empty for none
	over store.Qty
	text string // of the label that over is of
}

// work looks and acts until the person has left, or cannot go on.
func (p *person) work(ctx context.Context) {
	defer func() {
		if r := recover(); r != nil {
			p.wrong("stopped by %v", r)
		}
	}()
	prompts := p.prompts()
	for !p.done && ctx.Err() == nil {
		screen, asks := p.look()
		v := see(p.text, screen, asks)
		p.judge(v)
		p.settle(v)
		if v.screen == p.before.screen {
			p.same++
		} else {
			p.same = 0
		}
		p.idle++
		if p.before = v; p.same == stuckAfter || p.idle == lostAfter {
			p.wrong("cannot go on, to %s", p.duty)
			return
		}
		p.answer(prompts, v)
	}
}

// wrong notes what must not happen, with the screen.
func (p *person) wrong(what string, args ...any) {
	p.wrongs = append(p.wrongs, fmt.Sprintf("operator %s: %s:\n%s", p.number,
		fmt.Sprintf(what, args...), p.before.screen))
}

// A prompt is something that a screen says, and what a person then does.
type prompt struct {
	where func(view) passage
	says  phrase
	do    func(v view, said []string)
}

// answer does what the first thing calls for that the screen says.
func (p *person) answer(prompts []prompt, v view) {
	for _, x := range prompts {
		if said, ok := x.says.in(x.where(v)); ok {
			x.do(v, said)
			return
		}
	}
	p.press("esc")
}

// prompts are what the terminal can say, the most urgent first: beneath the rule,
// and then above it.
func (p *person) prompts() []prompt {
	t := p.text
	banner := func(v view) passage { return v.banner }
	body := func(v view) passage { return v.body }
	key := func(name string) func(view, []string) {
		return func(view, []string) { p.press(name) }
	}
	return slices.Concat([]prompt{
		{banner, phraseOf(t.Seen()), key("f2")},
		{banner, phraseOf(t.YesNo(aCode), aCode), p.reply},
		{banner, phraseOf(t.YesNo("")), p.reply},
		{banner, phraseOf(t.ChooseHint()), p.choose},
		{body, phraseOf(t.SignInPIN("")), p.knows},
		{body, phraseOf(t.SignInBadge()), p.begin},
		{body, phraseOf(t.HomeScan()), p.turns},
	}, p.backPrompts(), p.countPrompts(), []prompt{
		{body, phraseOf(t.SlipsHint()), p.choosesSlip},
		{body, phraseOf(t.NoWork()), p.finds},
		{body, phraseOf(t.NoOrders()), p.finds},
		{body, phraseOf(t.PickNext()), p.bringsTote},
		{body, phraseOf(t.PackOpen()), p.opensSlip},
		{body, phraseOf(t.AskTote()), p.bindsTote},
		{body, phraseOf(t.AskBin(aCode), aCode), p.walks},
		{body, phraseOf(t.AskFor(store.LotNeeded)), p.scansWhatIsAsked},
		{body, phraseOf(t.AskFor(store.SerialNeeded)), p.scansWhatIsAsked},
		{body, phraseOf(t.AskItems(sampleNo), aNumber), p.scansCounted},
		{body, phraseOf(t.AskItem()), p.picks},
		{body, phraseOf(t.PackScan()), p.packs},
		{body, phraseOf(t.ConfirmWaybill(aCode), aCode), p.sticks},
		{body, phraseOf(t.ConfirmScan()), p.handsOver},
		{body, phraseOf(t.HeldHint()), p.decides},
		{body, phraseOf(t.HeldNone()), p.finds},
	})
}

// begin signs in, or ends the shift.
func (p *person) begin(view, []string) {
	if p.duty == toLeave {
		p.done = true
		return
	}
	p.enter(p.number)
}

func (p *person) knows(view, []string) { p.enter(rehearsalPIN) }

// turns chooses a duty, and its row of the home screen.
func (p *person) turns(v view, _ []string) {
	t := p.text
	p.toGo = 0
	if n, ok := p.phrases.toGo.in(v.body); ok {
		p.toGo = int(number(n[0]))
	}
	p.duty = p.next()
	row := map[duty]string{toPick: t.HomePick(sampleNo), toPack: t.HomePack(sampleNo),
		toDock: t.HomeConfirm(sampleNo), toDecide: t.HomeHeld(sampleNo),
		toReceive: t.HomeReturns(sampleNo), toInspect: t.HomeReturns(sampleNo),
		toShelve: t.HomeReturns(sampleNo), toCount: t.HomeCount(sampleNo),
		toLeave: t.HomeSignOut()}[p.duty]
	p.goes(v, row)
}

// goes to a row of a list of doors.
func (p *person) goes(v view, row string) {
	wanted := phraseOf(row, aNumber)
	marked, at := -1, -1
	for i, line := range v.lines {
		if strings.HasPrefix(line, ">") {
			marked = i
		}
		if wanted.on(passageOf([]string{line})) {
			at = i
		}
	}
	switch {
	case at < 0 || at > marked:
		p.press("down")
	case at < marked:
		p.press("up")
	default:
		p.press("enter")
	}
}

// next is what a person turns to: totes must not pile up.
func (p *person) next() duty {
	switch {
	case p.desk.second:
		return p.nextBack()
	case p.bins.act && p.bins.none:
		return toLeave
	case p.bins.act:
		return toCount
	}
	totes, cartons := p.floor.waits()
	switch {
	case p.number == supervisorIs && !p.noHeld:
		return toDecide
	case p.number == supervisorIs:
		return toLeave
	case totes >= p.floor.crowd:
		return toPack
	case cartons >= dockFull:
		return toDock
	case !p.noWork:
		return toPick
	case totes > 0:
		return toPack
	case cartons > 0 || p.toGo > 0 && !p.floor.shared():
		return toDock
	}
	return toLeave
}

// finds that there is nothing to do here.
func (p *person) finds(view, []string) {
	if p.duty == toDecide {
		p.noHeld = true
	} else {
		p.noWork = true
	}
	p.press("esc")
}

// choosesSlip takes the first slip that nobody is at.
func (p *person) choosesSlip(v view, _ []string) {
	if p.phrases.away.on(v.banner) { // who gives slips is not there: what is here goes on
		p.noWork = true
	}
	if p.duty != toPick || p.next() != toPick {
		p.press("esc")
		return
	}
	for i, line := range v.lines {
		if !strings.HasPrefix(line, ">") {
			continue
		}
		taken := i+1 < len(v.lines) && p.phrases.held.on(passageOf(v.lines[i+1:i+2]))
		switch slip := line; {
		case !taken && p.chance.IntN(2) == 0:
			p.press("enter")
		case !taken:
			p.seat.scan(v.asks)
		case slip == p.slip: // the last row, and somebody is at each
			p.slip = ""
			p.finds(v, nil)
		default:
			p.slip = slip
			p.press("down")
		}
		return
	}
	p.finds(v, nil)
}

func (p *person) bindsTote(v view, _ []string) {
	if p.errs(v, onTote) {
		return
	}
	if p.tote == "" {
		p.tote = p.floor.emptyTote()
	}
	p.scan(own(scanner.ToteLabel, p.tote))
}

func (p *person) walks(v view, said []string) {
	if p.errs(v, onBin) {
		return
	}
	p.bin, p.fresh, p.hand = said[0], true, nil
	p.scan(own(scanner.BinLabel, p.bin))
}

func (p *person) scansWhatIsAsked(v view, _ []string) { p.scan(v.asks) }

// picks what the bin holds of what is wanted: by the piece, or counted, or by the
// case. What the bin does not hold is short.
func (p *person) picks(v view, _ []string) {
	p.goesOn(v)
	at := shelf{p.bin, v.asks}
	left := store.Qty(1)
	n, ok := p.phrases.want.in(v.body)
	if !ok { // a narrow screen says it shorter
		n, ok = p.phrases.count.in(v.body)
	}
	if ok {
		left = number(n[0]) - number(n[1])
		p.fresh = p.fresh && number(n[1]) == 0
	}
	if p.fresh && left > 0 && p.chance.Float64() < p.rates.missing {
		p.floor.lose(at, p.chance, left)
	}
	p.fresh = false
	there := min(left, p.floor.lie(at))
	switch {
	case there <= 0:
		p.reason = "not_found"
		if p.floor.spoilt(at) {
			p.reason = "damaged"
		}
		p.press("f2")
	case p.errs(v, onItem):
	case p.errsOver(v.asks, left):
	default:
		p.counts(v.asks, there, nil)
	}
}

// goesOn finds where a person stands, and with which tote, who comes back to a slip.
func (p *person) goesOn(v view) {
	if p.tote == "" {
		p.tote = p.floor.inHand(p.number)
	}
	if bin, ok := p.phrases.stands.in(v.body); ok && p.bin == "" {
		p.bin = bin[0]
	}
}

// packs the first line that is not complete.
func (p *person) packs(v view, _ []string) {
	p.offered = false
	left := store.Qty(1)
	for _, line := range v.lines {
		if m := packRow.FindStringSubmatch(line); m != nil {
			left = number(m[2]) - number(m[1])
			break
		}
	}
	switch {
	case p.packed >= cartonLines:
		p.packed = 0
		p.press("f4")
	case p.errs(v, onPack):
	case p.errsOver(v.asks, left):
	default:
		p.counts(v.asks, left, nil)
	}
}

// packRow is how a line on the packing table begins: so many of so many.
var packRow = regexp.MustCompile(`^(\d+)/(\d+)(?: |$)`)

// counts scans one piece, or types how many pieces or cases there are.
func (p *person) counts(piece string, n store.Qty, then func(label, store.Qty)) {
	p.hand = &handful{what: label{piece, piece, 1}, times: 1, then: then}
	box, boxed := p.floor.cases[piece]
	if boxed && n >= box.n && p.chance.IntN(2) == 0 {
		p.hand.what, p.hand.times = box, n/box.n
	} else if n > fewPieces {
		p.hand.times = n
	}
	if p.hand.times > 1 {
		p.hand.typed = p.hand.times
		p.enter(p.hand.typed.String())
		return
	}
	p.scanHand()
}

// scansCounted scans what was counted. Another count than that on the screen was a
// mistake: it is taken back.
func (p *person) scansCounted(_ view, said []string) {
	n := number(said[0])
	switch {
	case p.lapse.over > 0 && p.lapse.over == n:
		text := p.lapse.text
		p.lapse = lapse{what: "too many"}
		p.seat.scan(text)
	case p.hand == nil || p.hand.typed != n:
		p.press("esc")
	default:
		p.scanHand()
	}
}

func (p *person) scanHand() {
	p.hand.scanned, p.last = true, p.hand.what
	p.scan(p.hand.what.text)
}

// scan pulls the trigger on a right label. Some triggers send it twice, and where
// that may come too late to be an echo, it is not done with what is counted.
func (p *person) scan(text string) {
	uncounted := p.steady || strings.HasPrefix(text, scanner.DefaultPrefix)
	if uncounted && p.chance.Float64() < p.rates.errors/mistakeKinds {
		p.mistakes++
		p.seat.scan(text, text)
		return
	}
	p.seat.scan(text)
}

// settle moves the goods in hand, once the terminal has taken them.
func (p *person) settle(v view) {
	p.notesCarton(v)
	h := p.hand
	if h == nil || !h.scanned {
		return
	}
	switch {
	case v.tone <= component.Good || v.tone == component.Asked && p.phrases.zero.on(v.banner):
		if h.then != nil {
			h.then(h.what, h.times)
		} else if p.duty == toPack {
			p.floor.pack(p.tote, h.what, h.times)
			p.packed++
		} else {
			p.floor.take(p.bin, p.tote, h.what, h.times)
			p.fresh = true
		}
		p.idle = 0
	case v.tone == component.Asked:
		return // a yes is still to come
	case p.desk.second && p.phrases.otherwise.on(v.body):
		return // it goes another way
	case p.desk.second && p.phrases.which.on(v.body):
		return // a label is still to say which
	}
	p.hand = nil
}

// notesCarton puts a carton that was closed on the dock.
func (p *person) notesCarton(v view) {
	id, sealed := p.phrases.sealed.in(v.banner)
	if sealed && id[0] != p.sealed {
		p.sealed, p.idle = id[0], 0
		p.floor.close(id[0])
	}
}

// reply answers a question: a bin is seen to be empty, a quantity was meant, and
// who leaves means it. What was a mistake is not gone on with.
func (p *person) reply(v view, _ []string) {
	meant := p.hand != nil && p.hand.scanned || p.duty == toDock
	if bin, asked := p.phrases.zero.in(v.banner); asked {
		meant = p.floor.lie(shelf{bin[0], p.last.piece}) == 0
	}
	if p.bins.act && p.hand == nil {
		meant = !p.phrases.taken.on(v.banner) // what was not seen is gone
	}
	if meant {
		p.press("f2")
	} else {
		p.press("f4")
	}
}

// choose presses the digit of the reason.
func (p *person) choose(v view, _ []string) {
	if p.desk.second {
		p.choosesGrade(v)
		return
	}
	for _, r := range store.StandardReasons {
		if r.Code != p.reason {
			continue
		}
		for _, line := range v.lines {
			digit, name, found := strings.Cut(strings.TrimLeft(line, "> "), " ")
			name = strings.TrimRight(name, " .") // it may be cut
			if found && name != "" && strings.HasPrefix(p.text.Reason(r), name) {
				p.idle = 0
				p.press(digit)
				return
			}
		}
	}
	p.press("esc")
}

// bringsTote ends a slip that is picked.
func (p *person) bringsTote(view, []string) {
	if p.tote != "" {
		p.floor.bring(p.tote)
		p.tote = ""
	}
	p.press("enter")
}

// opensSlip begins to pack a tote; the one before is empty.
func (p *person) opensSlip(v view, _ []string) {
	if p.duty != toPack {
		p.press("esc")
		return
	}
	if p.tote != "" && p.phrases.packed.on(v.body) {
		p.floor.bring(p.tote)
		p.tote = ""
	}
	if p.letsGo(v) && p.floor.shared() { // another station has packed it
		p.tote = ""
	}
	if p.tote == "" {
		if p.tote = p.floor.fullTote(); p.tote == "" {
			p.press("esc")
			return
		}
	}
	if p.errs(v, onTable) {
		return
	}
	p.packed, p.hand, p.offered = 0, nil, true
	p.scan(own(scanner.ToteLabel, p.tote))
}

// handsOver scans a carton at the dock. Late in the day that is also one which the
// list names, though nobody brought it: its number was not read when it was closed.
func (p *person) handsOver(v view, _ []string) {
	if p.duty != toDock {
		p.press("esc")
		return
	}
	if p.letsGo(v) { // and looks again: the list is of before
		p.parcel = ""
		p.press("esc")
		return
	}
	if p.phrases.gone.on(v.banner) {
		p.parcel, p.idle = "", 0
	}
	if p.parcel == "" {
		if id := p.floor.parcel(); id != "" {
			p.parcel = own(scanner.CartonLabel, id)
		} else if p.noWork && !p.floor.shared() {
			p.parcel = v.asks
		}
	}
	switch {
	case p.parcel == "":
		p.press("esc")
	case !p.errs(v, onDock):
		p.offered = true
		p.scan(p.parcel)
	}
}

// sticks scans the waybill of the parcel in hand.
func (p *person) sticks(v view, _ []string) {
	switch {
	case p.letsGo(v):
		p.parcel = ""
		p.press("esc")
	case !p.errs(v, onWaybill):
		p.offered = true
		p.scan(p.floor.waybill())
	}
}

// letsGo says whether a parcel was refused: somebody else was faster.
func (p *person) letsGo(v view) bool {
	refused := p.offered && v.tone >= component.Wrong
	p.offered = false
	return refused
}

// decides about the held order on top: what came twice is rejected, and of what is
// not all there a part is sent.
func (p *person) decides(v view, _ []string) {
	if p.duty != toDecide {
		p.press("esc")
		return
	}
	if p.phrases.twice.on(v.body) {
		p.reason = "duplicate"
		p.press("f6")
		return
	}
	p.reason = "part"
	p.press("f5")
}

func number(digits string) store.Qty {
	n, _ := strconv.ParseInt(digits, 10, 64) // the phrase lets nothing else through
	return store.Qty(n)
}

// own is one of our own labels as its barcode reads.
func own(kind scanner.Kind, code string) string {
	return scanner.Encode(scanner.DefaultPrefix, kind, code)
}

// languageOf is the language of the i-th operator.
func languageOf(i int) i18n.Text {
	all := languages()
	slices.SortFunc(all, func(a, b i18n.Text) int { return strings.Compare(b.Tag(), a.Tag()) })
	return all[i%len(all)]
}
