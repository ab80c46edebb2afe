package main

import "scanbay/store"

// loadingWords is said on the list of what carriers took.
type loadingWords interface {
	LoadedOn(day store.Date, carrier string) string
	LoadedHeader() []string
}

func (english) LoadedOn(day store.Date, carrier string) string {
	if carrier == "" {
		carrier = "all carriers"
	}
	return "Loading list, " + day.String() + ", " + carrier
}
func (english) LoadedHeader() []string {
	return []string{"no.", "waybill", "carton", "carrier", "pieces", "kg"}
}

func (chinese) LoadedOn(day store.Date, carrier string) string {
	if carrier == "" {
		carrier = "全部承运商"
	}
	return "交接单 " + day.String() + " " + carrier
}
func (chinese) LoadedHeader() []string {
	return []string{"序号", "运单号", "箱号", "承运商", "件数", "重量(kg)"}
}
