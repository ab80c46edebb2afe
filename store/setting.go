package store

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Setting is a choice of the site, the same at all its stations.
type Setting string

// The settings, with what holds where nothing was set.
const (
	OverPickPolicy Setting = "over_pick"     // block, or ask: picking more than asked
	OtherLotBy     Setting = "other_lot"     // block, ask, or supervisor: another than planned
	ZeroCheckAt    Setting = "zero_check"    // ask about a bin when the book has no more left
	QtyCeiling     Setting = "qty_ceiling"   // a keyed quantity above it is asked about
	LabelPrefix    Setting = "label_prefix"  // two characters in front of our own labels
	SharedTote     Setting = "shared_tote"   // single: one-piece slips may share a tote; any; none
	IdleMinutes    Setting = "idle_minutes"  // then an operator is signed out and work is free
	ReleaseBy      Setting = "release"       // auto, or hand: confirmed orders wait for a person
	MergeOrders    Setting = "merge"         // off, or auto: orders of one person are one slip
	HeavyFrom      Setting = "heavy_from"    // grams: such pieces are picked first; 0 for none
	ReturnSecond   Setting = "return_second" // on: who received goods does not grade them
	CountBlind     Setting = "count_blind"   // who counts without the book: all, staff or none
	CountBusyBy    Setting = "count_busy"    // where somebody picks: refuse, freeze or allow
	ExpiryDays     Setting = "expiry_days"   // so long before goods expire somebody is warned
	LateHours      Setting = "late_hours"    // so long before a slip is late, likewise
	OldHours       Setting = "old_hours"     // what nobody decides on for so long is old
	CartTotes      Setting = "cart_totes"    // slips that are picked in one walk, at most
	CartWeight     Setting = "cart_weight"   // kilograms that a cart takes; 0 for no limit
	CartVolume     Setting = "cart_volume"   // litres, likewise
	TakeOverBy     Setting = "take_over"     // supervisor, or ask: going on with another's slip
	PackSecond     Setting = "pack_second"   // on: who picked of a slip does not pack it

	WeighBy       Setting = "weigh"           // closed cartons: off, asked, or must
	WeightGrams   Setting = "weight_grams"    // a carton may be off by so many
	WeightPercent Setting = "weight_percent"  // or by so much of its weight, whichever is more
	WaybillCheck  Setting = "waybill_check"   // not as the carrier prints: warn, refuse or off
	MissWaybill   Setting = "waybill_missing" // a parcel without a number: refuse, or ask
	SmallPieces   Setting = "small_pieces"    // differences that settle themselves; 0 for none
	SmallWorth    Setting = "small_worth"     // of such a one, at most; 0 for any
	OrderNotices  Setting = "order_notices"   // on: customers are told what becomes of orders
	ExpiredBy     Setting = "expired"         // goods past their day: block, or supervisor
	PutWall       Setting = "put_wall"        // on: slips share a tote, and are sorted at a wall
	GS1Prefix     Setting = "gs1_prefix"      // of the company: cartons have SSCCs; off for none
)

// defaults hold where the site has set nothing.
var defaults = map[Setting]string{
	OverPickPolicy: "block", OtherLotBy: "block", ZeroCheckAt: "0", QtyCeiling: "999",
	LabelPrefix: "SB", SharedTote: "single", IdleMinutes: "30", ReleaseBy: "auto",
	MergeOrders: "off", HeavyFrom: "0", ReturnSecond: "off", CountBlind: "all",
	CountBusyBy: "refuse", ExpiryDays: "30", LateHours: "2", OldHours: "24",
	CartTotes: "6", CartWeight: "0", CartVolume: "0",
	TakeOverBy: "supervisor",
	PackSecond: "off", WeighBy: "off", WeightGrams: "50", WeightPercent: "5",
	WaybillCheck: "warn", MissWaybill: "refuse", OrderNotices: "off",
	SmallPieces: "0", SmallWorth: "0", ExpiredBy: "block", PutWall: "off", GS1Prefix: "off",
}

// bounds are what a setting may be: one of some words, or a number. The prefixes of labels and of
// the company are neither.
var bounds = map[Setting]struct {
	words       string
	least, most int64
}{
	OverPickPolicy: {words: "block ask"}, OtherLotBy: {words: "block ask supervisor"},
	ZeroCheckAt: {most: 9999}, QtyCeiling: {least: 1, most: 999_999},
	SharedTote:  {words: "single any none"},
	IdleMinutes: {least: 1, most: 1440}, ReleaseBy: {words: "auto hand"},
	MergeOrders: {words: "off auto"}, HeavyFrom: {most: 1_000_000},
	ReturnSecond: {words: "off on"}, CountBlind: {words: "all staff none"},
	CountBusyBy: {words: "refuse freeze allow"}, ExpiryDays: {most: 3650},
	LateHours: {most: 168}, OldHours: {least: 1, most: 8760},
	CartTotes: {least: 1, most: 50}, CartWeight: {most: 10_000}, CartVolume: {most: 100_000},
	TakeOverBy: {words: "supervisor ask"},
	PackSecond: {words: "off on"}, WeighBy: {words: "off asked must"},
	WeightGrams: {most: 100_000}, WeightPercent: {most: 100},
	WaybillCheck: {words: "warn refuse off"}, OrderNotices: {words: "off on"},
	MissWaybill: {words: "refuse ask"},
	SmallPieces: {most: 9999}, SmallWorth: {most: 1_000_000},
	ExpiredBy: {words: "block supervisor"}, PutWall: {words: "off on"},
}

// Default is what holds where the site has set nothing.
func (s Setting) Default() string { return defaults[s] }

// Choices are the words that a setting may be; none where it is typed.
func (s Setting) Choices() []string { return strings.Fields(bounds[s].words) }

// Valid says whether a setting may have a value, and else what it may.
func (s Setting) Valid(value string) (want string, ok bool) {
	b, words := bounds[s], s.Choices()
	switch {
	case s == LabelPrefix:
		return "XX (A-Z, 0-9)", prefix.MatchString(value)
	case s == GS1Prefix:
		return "6901234 (7-10), off", company.MatchString(value)
	case len(words) > 0:
		return strings.Join(words, ", "), slices.Contains(words, value)
	}
	n, err := strconv.ParseInt(value, 10, 64)
	return fmt.Sprintf("%d-%d", b.least, b.most), err == nil && n >= b.least && n <= b.most
}

var (
	prefix  = regexp.MustCompile(`^[A-Z0-9]{2}$`)
	company = regexp.MustCompile(`^([0-9]{7,10}|off)$`)
)

// Settings lists every setting.
var Settings = []Setting{OverPickPolicy, OtherLotBy, ZeroCheckAt, QtyCeiling, LabelPrefix,
	SharedTote, IdleMinutes, ReleaseBy, MergeOrders, HeavyFrom, ReturnSecond, CountBlind,
	CountBusyBy, ExpiryDays, LateHours, OldHours, CartTotes, CartWeight, CartVolume, TakeOverBy,
	PackSecond, WeighBy, WeightGrams, WeightPercent, WaybillCheck, OrderNotices,
	SmallPieces, SmallWorth, MissWaybill, ExpiredBy, PutWall, GS1Prefix}

// SettingSet says that the authority set a setting.
type SettingSet struct {
	Name  Setting `json:"name"`
	Value string  `json:"value"`
}

func (SettingSet) Kind() string  { return "setting_set" }
func (e SettingSet) Ref() string { return string(e.Name) }
func (e SettingSet) apply(at Stamp) []Change {
	return []Change{settings.raise(at, e.Name, e.Value)}
}

// Setting reads a setting.
func (r *Reader) Setting(name Setting) (v string, err error) {
	found, err := r.one([]any{&v}, `SELECT value FROM setting WHERE wh = ? AND name = ?`, name)
	if err == nil && !found {
		v = defaults[name]
	}
	return v, err
}

// Number reads a setting that is a number; one that is none counts as not set.
func (r *Reader) Number(name Setting) (int64, error) {
	v, err := r.Setting(name)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		n, err = strconv.ParseInt(defaults[name], 10, 64)
	}
	return n, err
}

// TellsBuyers says whether customers are told what becomes of their orders.
func (r *Reader) TellsBuyers() (Bit, error) {
	v, err := r.Setting(OrderNotices)
	return v == "on", err
}

// A Reason is why somebody did something that the plan did not foresee.
type Reason struct {
	Use    ReasonUse `json:"use"`
	Code   string    `json:"code"`
	En     string    `json:"en"`
	Zh     string    `json:"zh"`
	Liable string    `json:"liable,omitempty"` // warehouse, carrier, supplier or customer
	Active Bit       `json:"active"`
}

// A ReasonUse is where a reason is asked for.
type ReasonUse string

// The uses of reasons.
const (
	ShortReason    ReasonUse = "short"
	HoldReason     ReasonUse = "hold"
	ReturnReason   ReasonUse = "return"
	AdjustReason   ReasonUse = "adjust"
	OverrideReason ReasonUse = "override"
)

func (x *Reason) fields() []any {
	return []any{&x.Use, &x.Code, &x.En, &x.Zh, &x.Liable, &x.Active}
}

// StandardReasons hold until the site writes its own.
var StandardReasons = []Reason{
	{ShortReason, "not_found", "not found", "找不到", "warehouse", true},
	{ShortReason, "damaged", "damaged", "破损", "warehouse", true},
	{ShortReason, "wrong_item", "wrong item in the bin", "货位放错商品", "warehouse", true},
	{ShortReason, "wrong_lot", "wrong lot", "批次不符", "warehouse", true},
	{ShortReason, "other", "other", "其他", "warehouse", true},
	{OverrideReason, "checked", "checked, all right", "已核实", "", true},
	{OverrideReason, "customer", "agreed with the customer", "已与客户确认", "customer", true},
	{OverrideReason, "part", "ship what is there", "有货先发", "", true},
	{AdjustReason, "lost", "lost", "丢失", "warehouse", true},
	{AdjustReason, "damaged", "damaged or wet", "破损、受潮", "warehouse", true},
	{AdjustReason, "misplaced", "put into the wrong bin", "放错货位", "warehouse", true},
	{AdjustReason, "posting", "wrong in the book", "账务差错", "warehouse", true},
	{AdjustReason, "supplier", "delivered otherwise than booked", "到货短溢", "supplier", true},
	{AdjustReason, "expired", "expired", "过期", "warehouse", true},
	{AdjustReason, "found", "found", "找回", "", true},
	{AdjustReason, "checked", "checked, nothing wrong", "已核实无误", "", true},
	{AdjustReason, "other", "other", "其他", "", true},
	{HoldReason, "duplicate", "ordered twice", "重复下单", "customer", true},
	{HoldReason, "stock", "no stock", "无货", "warehouse", true},
	{HoldReason, "customer", "the customer cancelled", "客户取消", "customer", true},
	{HoldReason, "other", "other", "其他", "", true},
	{ReturnReason, "size", "wrong size", "尺码不合", "customer", true},
	{ReturnReason, "unwanted", "changed mind", "不想要了", "customer", true},
	{ReturnReason, "quality", "quality", "质量问题", "supplier", true},
	{ReturnReason, "transit", "damaged in transit", "运输破损", "carrier", true},
	{ReturnReason, "wrong", "wrong goods", "发错货", "warehouse", true},
	{ReturnReason, "parts", "missing parts", "少件", "warehouse", true},
	{ReturnReason, "description", "not as described", "与描述不符", "supplier", true},
	{ReturnReason, "late", "late", "到货太晚", "carrier", true},
	{ReturnReason, "other", "other", "其他", "", true},
}

// ReasonSet says that the authority wrote a reason.
type ReasonSet struct{ Reason }

func (ReasonSet) Kind() string  { return "reason_set" }
func (e ReasonSet) Ref() string { return string(e.Use) + "/" + e.Code }
func (e ReasonSet) apply(at Stamp) []Change {
	return []Change{reasons.raise(at, e.Reason.fields()...)}
}

// Reasons reads the reasons to choose from; the standard ones where the site
// has written none.
func (r *Reader) Reasons(use ReasonUse) ([]Reason, error) {
	out, err := all(r, (*Reason).fields, `
		SELECT use, reason, en, zh, liable, active FROM reason
		WHERE wh = ? AND use = ? AND active = 1 ORDER BY reason`, use)
	if err != nil || len(out) > 0 {
		return out, err
	}
	for _, x := range StandardReasons {
		if x.Use == use {
			out = append(out, x)
		}
	}
	return out, nil
}

// ReasonsOf reads the reasons of several uses, in their order.
func (r *Reader) ReasonsOf(uses ...ReasonUse) (out []Reason, err error) {
	for _, use := range uses {
		more, err := r.Reasons(use)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// RuleSet says that the authority switched a rule of the review for a channel;
// an empty channel stands for every channel that has no word of its own.
type RuleSet struct {
	Channel string `json:"channel"`
	Rule    string `json:"rule"`
	Active  Bit    `json:"active"`
	Param   string `json:"param,omitempty"`
}

func (RuleSet) Kind() string  { return "rule_set" }
func (e RuleSet) Ref() string { return e.Channel + "/" + e.Rule }
func (e RuleSet) apply(at Stamp) []Change {
	return []Change{rules.raise(at, e.Channel, e.Rule, e.Active, e.Param)}
}

// Rules reads what was set about the review of a channel, by rule: the
// channel's own word before that for every channel.
func (r *Reader) Rules(channel string) (map[string]RuleSet, error) {
	set, err := all(r, func(x *RuleSet) []any {
		return []any{&x.Channel, &x.Rule, &x.Active, &x.Param}
	}, `
		SELECT channel, rule, active, param FROM rule
		WHERE wh = ? AND channel IN ('', ?) ORDER BY channel`, channel)
	out := map[string]RuleSet{}
	for _, x := range set {
		out[x.Rule] = x
	}
	return out, err
}

// Channels reads the channels that orders came by, or that rules were set for.
func (r *Reader) Channels() ([]string, error) {
	return ids[string](r, `
		SELECT channel FROM sales_order WHERE wh = ? AND channel <> ''
		UNION SELECT channel FROM rule WHERE wh = ? AND channel <> '' ORDER BY 1`,
		r.s.id.Warehouse)
}
