package store

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// An Event is a fact about the warehouse, in the past tense. It carries every
// number its apply needs: apply is a pure function, it reads nothing and it
// never refuses, since the goods have already moved.
type Event interface {
	Kind() string
	Ref() string // the order, slip or the like that it is about; it finds the trail
	apply(at Stamp) []Change
}

// kinds reads each kind of event back from its body. A kind's meaning never
// changes: a new meaning is a new kind.
var kinds = map[string]func([]byte) (Event, error){
	"file_taken":        decode[FileTaken],
	"item_saved":        decode[ItemSaved],
	"place_saved":       decode[PlaceSaved],
	"operator_saved":    decode[OperatorSaved],
	"carton_type_set":   decode[CartonTypeSet],
	"reason_set":        decode[ReasonSet],
	"setting_set":       decode[SettingSet],
	"rule_set":          decode[RuleSet],
	"source_mapped":     decode[SourceMapped],
	"layout_set":        decode[LayoutSet],
	"stock_set":         decode[StockSet],
	"station_enrolled":  decode[StationEnrolled],
	"station_revoked":   decode[StationRevoked],
	"signed_in":         decode[SignedIn],
	"signed_out":        decode[SignedOut],
	"scan_refused":      decode[ScanRefused],
	"scan_noted":        decode[ScanNoted],
	"order_received":    decode[OrderReceived],
	"order_decided":     decode[OrderDecided],
	"order_asked":       decode[OrderAsked],
	"order_answered":    decode[OrderAnswered],
	"change_requested":  decode[ChangeRequested],
	"change_decided":    decode[ChangeDecided],
	"order_cancelled":   decode[OrderCancelled],
	"refunded_upstream": decode[RefundedUpstream],
	"payment_received":  decode[PaymentReceived],
	"payment_reversed":  decode[PaymentReversed],
	"cod_collected":     decode[CODCollected],
	"stock_reserved":    decode[StockReserved],
	"wave_released":     decode[WaveReleased],
	"slip_released":     decode[SlipReleased],
	"slip_taken_back":   decode[SlipTakenBack],
	"slip_started":      decode[SlipStarted],
	"slips_claimed":     decode[SlipsClaimed],
	"slip_left":         decode[SlipLeft],
	"tote_bound":        decode[ToteBound],
	"bin_reached":       decode[BinReached],
	"item_picked":       decode[ItemPicked],
	"item_shorted":      decode[ItemShorted],
	"task_skipped":      decode[TaskSkipped],
	"bin_checked":       decode[BinChecked],
	"surplus_found":     decode[SurplusFound],
	"pack_opened":       decode[PackOpened],
	"item_packed":       decode[ItemPacked],
	"carton_closed":     decode[CartonClosed],
	"carton_repacked":   decode[CartonRepacked],
	"carton_weighed":    decode[CartonWeighed],
	"packing_set":       decode[PackingSet],
	"goods_missed":      decode[GoodsMissed],
	"goods_put_back":    decode[GoodsPutBack],
	"stop_eased":        decode[StopEased],
	"goods_sorted":      decode[GoodsSorted],
	"carton_confirmed":  decode[CartonConfirmed],
	"confirm_opened":    decode[ConfirmOpened],
	"handover_opened":   decode[HandoverOpened],
	"handover_closed":   decode[HandoverClosed],
	"shipment_moved":    decode[ShipmentMoved],
	"reversed":          decode[Reversed],

	"discrepancy_opened": decode[DiscrepancyOpened],

	"signed_off":         decode[SignedOff],
	"return_policy_set":  decode[ReturnPolicySet],
	"grade_set":          decode[GradeSet],
	"checklist_set":      decode[ChecklistSet],
	"return_requested":   decode[ReturnRequested],
	"return_decided":     decode[ReturnDecided],
	"return_answered":    decode[ReturnAnswered],
	"return_shipped":     decode[ReturnShipped],
	"parcel_arrived":     decode[ParcelArrived],
	"return_opened":      decode[ReturnOpened],
	"parcel_emptied":     decode[ParcelEmptied],
	"return_received":    decode[ReturnReceived],
	"return_turned_away": decode[ReturnTurnedAway],
	"stray_kept":         decode[StrayKept],
	"stray_resolved":     decode[StrayResolved],
	"return_belongs":     decode[ReturnBelongs],
	"return_sent_back":   decode[ReturnSentBack],
	"return_inspected":   decode[ReturnInspected],
	"return_shelved":     decode[ReturnShelved],
	"refund_due":         decode[RefundDue],
	"refund_settled":     decode[RefundSettled],
	"refund_withdrawn":   decode[RefundWithdrawn],
	"return_weighed":     decode[ReturnWeighed],
	"money_counted":      decode[MoneyCounted],
	"exchange_ordered":   decode[ExchangeOrdered],
	"aftercare_opened":   decode[AftercareOpened],
	"aftercare_closed":   decode[AftercareClosed],
	"notice_sent":        decode[NoticeSent],

	"count_planned":        decode[CountPlanned],
	"count_dropped":        decode[CountDropped],
	"count_begun":          decode[CountBegun],
	"item_counted":         decode[ItemCounted],
	"count_cleared":        decode[CountCleared],
	"count_done":           decode[CountDone],
	"count_left":           decode[CountLeft],
	"variance_ruled":       decode[VarianceRuled],
	"variance_approved":    decode[VarianceApproved],
	"stock_adjusted":       decode[StockAdjusted],
	"discrepancy_resolved": decode[DiscResolved],
	"count_policy_set":     decode[CountPolicySet],
	"items_classed":        decode[ItemsClassed],

	"alert_acknowledged": decode[AlertAcknowledged],
	"print_asked":        decode[PrintAsked],
}

// Decode reads an event back from its kind and body.
func Decode(kind string, body []byte) (Event, error) {
	if read := kinds[kind]; read != nil {
		return read(body)
	}
	return nil, fmt.Errorf("unknown kind of event %q", kind)
}

func decode[E Event](body []byte) (Event, error) {
	var e E
	err := json.Unmarshal(body, &e)
	return e, err
}

// FileTaken says that a file was imported. The same file is not taken twice.
type FileTaken struct {
	Hash string `json:"hash"`
	Of   string `json:"of"` // items, bins, stock, operators or orders
	Name string `json:"name"`
	Rows int64  `json:"rows"`
}

func (FileTaken) Kind() string  { return "file_taken" }
func (e FileTaken) Ref() string { return e.Hash }
func (e FileTaken) apply(Stamp) []Change {
	return []Change{files.put(e.Hash, e.Of, e.Name, e.Rows)}
}

// ScanRefused says that a scan was answered with a refusal. No goods moved.
type ScanRefused struct {
	Refusal
	Text string `json:"text,omitempty"`
}

func (ScanRefused) Kind() string         { return "scan_refused" }
func (ScanRefused) Ref() string          { return "" }
func (ScanRefused) apply(Stamp) []Change { return nil }

// ScanNoted says that a scan was understood and moved nothing: the station asked
// for what it lacks.
type ScanNoted struct {
	About string `json:"about,omitempty"` // the slip or the like
	Text  string `json:"text"`
	Needs Code   `json:"needs,omitempty"`
}

func (ScanNoted) Kind() string         { return "scan_noted" }
func (e ScanNoted) Ref() string        { return e.About }
func (ScanNoted) apply(Stamp) []Change { return nil }

// Reversed says that somebody took a scan back: its postings are turned round.
// Two people may take back the same one; it goes back once. Reopen, where it is
// set, opens the carton that the scan had sealed.
type Reversed struct {
	Of     EventID         `json:"of"`
	Was    string          `json:"was"` // the kind of the event
	Body   json.RawMessage `json:"body"`
	About  string          `json:"about"` // its ref
	Reopen *CartonStep     `json:"reopen,omitempty"`
}

func (Reversed) Kind() string  { return "reversed" }
func (e Reversed) Ref() string { return e.About }
func (e Reversed) apply(at Stamp) (out []Change) {
	if was, err := Decode(e.Was, e.Body); err == nil {
		out = []Change{reversals.once(reverse(was.apply(nil)), e.Of)}
		if more, is := was.(undone); is {
			out = append(out, more.undone(at, e.Of)...)
		}
	}
	if e.Reopen != nil {
		out = append(out, e.Reopen.raise(at))
	}
	return out
}

// EventKinds lists every kind of event, for tests that must not miss one.
func EventKinds() []string { return slices.Sorted(maps.Keys(kinds)) }
