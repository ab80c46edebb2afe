package i18n

import (
	"scanbay/store"
	"scanbay/store/order"
)

// A Meaning is what a row of a form is called, and what it means, in a sentence.
type Meaning struct {
	Name, About string
}

// FormText is said where rows are filled in.
type FormText interface {
	FormHint() string
	FormAsk(name string) string
	FormFull(value string) string // of a row that is cut
	OnOff(on bool) string
}

// SettingsText is said where a supervisor decides for the site.
type SettingsText interface {
	HomeSettings() string
	SettingsTitle() string
	Settings() map[store.Setting]Meaning
	SettingValue(name store.Setting, value string) string
	SetNow(name, value string) string

	RulesRow() Meaning
	RulesTitle(channel string) string
	WhichChannel() string
	Channel(name string) string // empty: every channel
	Rules() map[order.Rule]Meaning
	RuleParams() map[order.Rule]string // what the parameter means, where a rule takes one
	RuleParam(about string) string
	SetParam() string
}

// NewOrderText is said where an order is taken by phone.
type NewOrderText interface {
	HomeNewOrder() string
	NewOrderTitle(lines int, due store.Money) string
	NewOrderHint() string
	NewOrderRows() map[string]Meaning // by the field of the order
	PayMethods() map[string]string
	CODAll(due store.Money) string // nothing else was said: all of it
	BadPhone(text string) string
	KnownPerson(name, phone, address string) []string

	NewLine(n store.Qty, price store.Money) string
	NewLineAbout(title string, available store.Qty) string
	NewLineTitle() string
	NewLineQty() string
	NewLineDrop() string
	NewLineDropped(sku store.SKU) string
	AskItemOrQty(text string) []string
	AskLeaveOrder() []string

	Entered(no, state string) string
	EnteredSlip(id store.SlipID) string
	EnteredWaits() string // confirmed, and nothing to send yet
	EnteredHint() string
}
