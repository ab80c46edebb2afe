package main

import (
	"scanbay/store"
	"scanbay/sync/wire"
)

// lineWords is what is said of central, and of the stations that are enrolled with it.
type lineWords interface {
	Serves(at string) string
	NotCentral(db string) string
	NoPort(address, why string) string
	NoCertificate(file, why string) string
	PlainOutside(address string) string
	NotToAdopt(file, warehouse, zone string) string
	AdoptsNoMore(file string) string // central has facts of its own
	Adopted(file, station string) string
	CentralRestored() string

	NoAdmin(file string) string
	NoCentral(url, why string) string
	NoURL(url string) string
	NoWarehouse(name string) string
	NoStationName(name string) string
	StationLine(st store.Station, awaited bool) string
	EnrolWith(url, code string) string

	BadCode() string
	OtherStation(db, here, there string) string
	OtherWarehouse(db, here, there string) string
	StandsAlone(db string) string
	Enrolled(station, warehouse, db string) string
	NotEnrolled(db string) string
	LineProblem(code wire.ProblemCode) string
}
