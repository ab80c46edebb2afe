package main

import (
	"fmt"
	"time"

	"scanbay/store"
	"scanbay/sync/wire"
)

func (english) Serves(at string) string {
	return "Serving stations at " + at + ". Ctrl+C ends it."
}
func (english) NotCentral(db string) string {
	return db + " is a station's own. To make it central's: scanbay central --adopt " + db
}
func (english) NoPort(address, why string) string {
	return fmt.Sprintf("Cannot listen at %s: %s. Give another with --listen.", address, why)
}
func (english) NoCertificate(file, why string) string {
	return fmt.Sprintf("The certificate %s will not do: %s. Correct --cert and --cert-key.",
		file, why)
}
func (english) PlainOutside(address string) string {
	return address + ": without TLS others can read along. Use https, or 127.0.0.1 on one computer."
}
func (english) AdoptsNoMore(file string) string {
	return fmt.Sprintf("Central has recorded what is not in %s. Only a new central server takes a "+
		"station's database over: give another --db.", file)
}

func (english) NotToAdopt(file, warehouse, zone string) string {
	return fmt.Sprintf("%s cannot be taken over: it must stand alone, and this server must serve "+
		"its warehouse. Give --warehouse %s --zone %s.", file, warehouse, zone)
}
func (english) Adopted(file, station string) string {
	return fmt.Sprintf("All that %s recorded is central's now. Next:\n"+
		"  scanbay central ...\n"+
		"  scanbay import operators FILE --central URL   (PINs are not taken over)\n"+
		"  scanbay stations add %s\n"+
		"  scanbay enroll URL CODE --db %s", file, station, file)
}
func (english) CentralRestored() string {
	return "Start the server. Planning waits until every station has told what it holds; " +
		"\"scanbay stations open\" waits no longer."
}
func (english) NoAdmin(file string) string {
	return "Cannot read " + file + ". Central wrote it beside its database: name it with --admin."
}
func (english) NoCentral(url, why string) string {
	return fmt.Sprintf("No answer from central at %s: %s. Is it running, and is this its address?",
		url, why)
}
func (english) NoURL(url string) string {
	return url + " is no address. Give one like https://central:8443"
}
func (english) NoWarehouse(name string) string {
	return fmt.Sprintf("Central serves no warehouse %q. Name one that it serves with --warehouse.",
		name)
}
func (english) NoStationName(name string) string {
	return fmt.Sprintf("There is no station %q. Names are like PACK-1: A-Z, 0-9 and -.", name)
}
func (english) StationLine(st store.Station, awaited bool) string {
	state := "active"
	switch {
	case !bool(st.Active):
		state = "revoked"
	case awaited:
		state = "has not reported since the restore"
	}
	return fmt.Sprintf("%-16s %s  since %s  %s", st.ID, st.Prefix,
		time.UnixMilli(st.At).Format("2006-01-02 15:04"), state)
}
func (english) EnrolWith(url, code string) string {
	return "Within ten minutes, at the station:\n  scanbay enroll " + url + " " + code
}
func (english) BadCode() string {
	return "The code is wrong, used or too old. Get a new one: scanbay stations add NAME"
}
func (english) OtherStation(db, here, there string) string {
	return fmt.Sprintf("%s is of station %s, and the code is for %s. Get a code for %s, or give "+
		"another --db.", db, here, there, here)
}
func (english) OtherWarehouse(db, here, there string) string {
	return fmt.Sprintf("%s is of warehouse %s, and the code is for %s. Get a code for %s, or "+
		"give another --db.", db, here, there, here)
}
func (english) StandsAlone(db string) string {
	return db + " stands alone. Have central take it over first: scanbay central --adopt " + db +
		"; or give another --db."
}
func (english) Enrolled(station, warehouse, db string) string {
	return fmt.Sprintf("This is station %s of warehouse %s now. Next:\n  scanbay station --db %s",
		station, warehouse, db)
}
func (english) NotEnrolled(db string) string {
	return db + " is of an enrolled station, but its key is not here. Get a code with \"scanbay " +
		"stations add\", then: scanbay enroll URL CODE --db " + db
}
func (english) LineProblem(code wire.ProblemCode) string {
	return map[wire.ProblemCode]string{wire.Revoked: "this station is revoked",
		wire.Unknown:      "central does not know this station",
		wire.NotSigned:    "this station has another key",
		wire.WrongClock:   "the clock is wrong",
		wire.NoSuchRuling: "central is older than this program",
		wire.TooLarge:     "something is too large"}[code]
}
