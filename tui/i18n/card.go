package i18n

import (
	"scanbay/store"
	"scanbay/store/order"
)

// CardText is said of one thing that somebody asked about.
type CardText interface {
	LookTitle() string
	LookAsk() string
	LookMany(n int) string
	CardHint() string

	CardBlind() string // what a bin has, while it is counted
	CardLevels(onHand, reserved, available store.Qty) string
	CardCode(code string, n store.Qty) string
	CardNowhere() string
	CardAt(b store.Balance) string
	CardIn(b store.Balance) string // of the place that is looked at
	CardBin(b store.Bin) string
	CardSlip(s store.Slip, state string) string
	CardWalk(walk, plain int64) string // millimetres
	CardHolder(name string) string
	CardBefore(name string, over bool) string // who was at a slip before; it was taken over
	CardForced(name string) string            // from whom a slip was taken away
	CardOrder(no, state string) string
	CardOf(o store.Order) string // its channel, customer and way of delivery
	CardPerson(p store.Recipient, phone string) string
	CardMoney(paid, due, cod store.Money) string
	CardLine(l store.OrderLine) string
	CardWaybill(no store.WaybillNo, carrier store.CarrierID) string
	CardQuestion(q store.Question) string
	CardChange(c store.OrderChange) string
	CardTrail() string

	PaymentKinds() map[store.PaymentKind]string
	Deliveries() map[store.Delivery]string
	Fields() map[string]string // of what an order can change in
	Events() map[string]string // by the kind of the event
}

// OrderText is said where a supervisor decides about an order.
type OrderText interface {
	AskQuestion() string
	AskAnswer(question string) string
	Asked() string
	Answered() string
	AskAmount(due store.Money) string
	PaidNow(no string, amount store.Money) string
	BadAmount(text string) string
	WhyBack() string
	WhyWithdraw() string
	TakenBackNow(no string) string
	WithdrawnNow(slip store.SlipID) string
	ReleasedNow(no string) string
	WhichLine() string
	HowMany(most store.Qty) string
	CutNow(n store.Qty) string
	SplitNow(no string) string
	WhichMate() string
	NoMate() string
	MergedNow(no string) string
	WhichField() string
	NewValue(field, was string) string
	Requested() string
	LineOption(l store.OrderLine) string

	ChangesTitle(n int) string
	ChangesNone() string
	ChangeRow(no string, n int) string
	ChangeOne(d order.Difference) string
	ChangesHint() string
	MadeNow(no string) string
	RefusedNow(no string) string
	HomeLook() string
	HomeChanges(n int) string
}
