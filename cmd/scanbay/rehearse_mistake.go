package main

import (
	"maps"
	"slices"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/component"
)

// A moment is what is being asked for when a person errs.
type moment string

const (
	onTote    moment = "tote"
	onBin     moment = "bin"
	onItem    moment = "item"
	onTable   moment = "table"
	onPack    moment = "pack"
	onDock    moment = "dock"
	onWaybill moment = "waybill"
)

// mistakeKinds is how many kinds of mistakes share the rate: wrong, too many, double.
const mistakeKinds = 3

const (
	nobodysCode = "NO-SUCH-THING"
	noWaybill   = "?17"
	emptyTote   = "T-NONE"
)

// blunders are the wrong labels of each moment. Each must be refused, or asked about.
func (p *person) blunders(v view, at moment) map[string]string {
	bin := p.floor.bins[p.chance.IntN(len(p.floor.bins))]
	item := p.floor.codes[p.chance.IntN(len(p.floor.codes))]
	out := map[string]string{"unknown code": nobodysCode, "wrong item": item}
	if bin != p.bin || at != onItem && at != onShelf {
		out["wrong bin"] = own(scanner.BinLabel, bin)
	}
	switch at {
	case onTote:
	case onBin:
		if own(scanner.BinLabel, bin) == v.asks {
			delete(out, "wrong bin")
		}
		out["wrong tote"] = own(scanner.ToteLabel, emptyTote)
	case onItem:
		out["wrong tote"] = own(scanner.ToteLabel, emptyTote)
		if item == v.asks {
			delete(out, "wrong item")
		}
		if p.last.text != "" && p.last.piece != v.asks {
			out["the item before again"] = p.last.text
		}
	case onTable:
		out["wrong tote"] = own(scanner.ToteLabel, emptyTote)
		delete(out, "wrong item") // a piece may open its slip
	case onPack:
		out["wrong tote"] = own(scanner.ToteLabel, emptyTote)
		if p.floor.holds(p.tote, item) > 0 {
			delete(out, "wrong item")
		}
		if p.last.text != "" && p.floor.holds(p.tote, p.last.piece) == 0 {
			out["the item before again"] = p.last.text
		}
	case onCount, onSeen:
		out["wrong tote"] = own(scanner.ToteLabel, emptyTote)
		if at == onCount || bin == p.bins.bin { // any bin may be counted
			delete(out, "wrong bin")
		}
		if at == onSeen { // any item may lie there
			delete(out, "wrong item")
		}
	case onDock:
		out["wrong tote"] = own(scanner.ToteLabel, emptyTote)
	case onWaybill:
		out["unknown code"] = noWaybill
		out["the carton again"] = p.parcel
	default:
		p.backBlunders(out, at, item)
	}
	return out
}

// errs makes a mistake now and then; it says whether it did.
func (p *person) errs(v view, at moment) bool {
	if p.chance.Float64() >= p.rates.errors/mistakeKinds {
		return false
	}
	all := p.blunders(v, at)
	kinds := slices.Sorted(maps.Keys(all))
	what := kinds[p.chance.IntN(len(kinds))]
	p.mistakes++
	p.lapse = lapse{what: what + " " + all[what]}
	p.seat.scan(all[what])
	return true
}

// errsOver types more than is left of an item now and then; it says whether it did.
func (p *person) errsOver(text string, left store.Qty) bool {
	if p.chance.Float64() >= p.rates.errors/mistakeKinds {
		return false
	}
	p.mistakes++
	p.lapse = lapse{over: left + 1 + store.Qty(p.chance.IntN(fewPieces)), text: text}
	p.enter(p.lapse.over.String())
	return true
}

// judge looks at the answer to a mistake.
func (p *person) judge(v view) {
	if p.lapse.what == "" {
		return
	}
	if v.tone < component.Wrong {
		before := p.before
		p.before = v
		p.wrong("%s was taken, after\n%s", p.lapse.what, before.screen)
	}
	p.lapse = lapse{}
}
