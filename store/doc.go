// Package store holds the words of the warehouse and the record of its work.
//
// The nouns live here: Item, Order, Slip, PickTask, Tote, Carton, Place, Qty. So
// do the events that say what happened to them, and the refusals that say what
// may not. The verbs live one folder down, one package per flow of goods:
// store/order, store/outbound and their like.
//
// A verb runs inside Store.Write. It reads, refuses, and records one event;
// what it refuses is recorded too, so every answered scan is one event.
//
// A database holds three kinds of tables. The log, event, is a chain of facts
// for each author. The folded tables follow from the facts alone: an event's
// apply says which rows it puts, adds to, raises or lets through once, and flush
// does so. Those four commute, so databases that hold the same facts are equal,
// whatever order the facts came in. What an order, a slip or a task has come to
// is derived when it is read, and stored nowhere. The local tables (local.go)
// are this station's own: its identity and the PINs; and recipients are people,
// who can be erased.
package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Each kind of identifier is a type, so that none is handed in for another.
type (
	WarehouseID string // leads every key
	StationID   string // an author of facts; central is one too
	OperatorID  string // the number on the badge
	EventID     string // <boot>.<n>
	ScanID      string // <boot>.<n>
	SKU         string // an item
	GTIN        string // 14 digits
	Lot         string // empty where the item has none
	Serial      string // empty where the item has none
	OrderID     string // the authority's number of a sales order
	SlipID      string // an outbound slip
	TaskID      string // <slip>.<line>.<n>
	CartonID    string // <slip>-<n>-<station>
	WaybillNo   string // the carrier's number of a parcel
	CarrierID   string
	RecipientID string // random: it says nothing of the person
	DiscID      string // a discrepancy: hash(kind, refs)
)

// Qty counts an item's base units. Cases become pieces at the edge.
type Qty int64

func (q Qty) String() string { return strconv.FormatInt(int64(q), 10) }

// A Date is a day as yyyymmdd in the warehouse's zone; 0 is none.
type Date int32

// DateOf is the day of t in t's zone.
func DateOf(t time.Time) Date {
	return Date(t.Year()*10000 + int(t.Month())*100 + t.Day())
}

// Time is the beginning of the day in the zone loc.
func (d Date) Time(loc *time.Location) time.Time {
	return time.Date(int(d/10000), time.Month(d/100%100), int(d%100), 0, 0, 0, 0, loc)
}

// utc is where days are reckoned with: a day there has no missing hours.
var utc = time.UTC

func (d Date) compact() string { return fmt.Sprintf("%08d", d) }

// String is the date as people write it, 2026-03-01; empty for none.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

// ParseDate reads a day as people write it: 20270301, 270301, 2027-03-01 or
// 2027/3/1. Two digits of a year are of this century.
func ParseDate(text string) (Date, bool) {
	for _, layout := range []string{"20060102", "060102", "2006-01-02", "2006/1/2", "2006-1-2",
		"2006.1.2", "2006年1月2日"} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil && t.Year() >= 2000 {
			return DateOf(t), true
		}
	}
	return 0, false
}

// Money is an amount in ten-thousandths of its currency's unit.
type Money int64

// MoneyUnit is one unit of a currency.
const MoneyUnit Money = 10_000

// String is an amount as people write it, 2.55.
func (m Money) String() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	text := fmt.Sprintf("%s%d.%04d", sign, m/MoneyUnit, m%MoneyUnit)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// ParseMoney reads an amount as people write it, without a sign of its currency.
func ParseMoney(text string) (Money, bool) {
	whole, part, _ := strings.Cut(strings.TrimSpace(text), ".")
	if len(part) > 4 || whole == "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", 4-len(part)), 10, 64)
	return Money(n), err == nil
}

// Place is kind/code, such as bin/A-01-03, or one of the virtual places.
type Place string

// The virtual places: where goods come from and go to. They have no limits.
const (
	AtCustomer   Place = "@customer"
	AtSupplier   Place = "@supplier"
	AtAdjustment Place = "@adjustment"
	AtScrap      Place = "@scrap"
	AtMissing    Place = "@missing"
)

// InBin is the place of a bin by its code.
func InBin(code string) Place { return Place("bin/" + code) }

// InTote is the place of a tote by its code.
func InTote(code string) Place { return Place("tote/" + code) }

// InCarton is the place of a carton.
func InCarton(id CartonID) Place { return Place("carton/" + string(id)) }

// Code is the place as its label reads.
func (p Place) Code() string { return string(p[strings.IndexByte(string(p), '/')+1:]) }

// Is says whether the place is of a kind: bin, tote, carton, stage or dock.
func (p Place) Is(kind string) bool { return strings.HasPrefix(string(p), kind+"/") }
