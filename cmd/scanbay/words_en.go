package main

import (
	"errors"
	"fmt"
	"strings"

	"scanbay/store"
	"scanbay/store/intake"
	walks "scanbay/store/walk"
)

// english is the catalogue in English.
type english struct{}

func (english) Trouble(problem, remedy string) string { return problem + ". " + remedy + "." }
func (english) BadName(name string) string {
	return fmt.Sprintf("No warehouse and no station can be called %q. Names are like PACK-1: "+
		"A-Z, 0-9 and -, 16 at most. Give another.", name)
}
func (english) NoTerminal() string {
	return "This needs a terminal: a keyboard and a screen. Start it in a terminal window."
}
func (english) NoSerial(text string) string {
	return fmt.Sprintf("%q is no serial port. Write PATH, PATH,BAUD or PATH,BAUD,PROTOCOL: "+
		"/dev/ttyACM0,9600,ssi. Protocols: plain, ssi, honeywell, datalogic, newland.", text)
}
func (english) NoScale(text string) string {
	return fmt.Sprintf("%q is no scale. Write PATH, PATH,BAUD or PATH,BAUD,PROTOCOL: "+
		"/dev/ttyUSB1,9600,xk3190. Protocols: xk3190 (kg, or with g, t, lb or oz behind it), "+
		"a12, mt-sics; and for A&D and CAS: and.", text)
}
func (english) NoSize(text string) string {
	return fmt.Sprintf("%q is no size. Write WIDTHxHEIGHT, such as 20x16.", text)
}
func (english) Crashed(log string) string {
	return "The program stopped by a mistake of its own. What was answered is saved. " +
		"Start it again, and send the maker " + log + "."
}
func (english) Taken(f intake.FileReport, dry bool) string {
	out := fmt.Sprintf("%d rows. Taken %d", f.Rows, f.Taken)
	if dry {
		out = fmt.Sprintf("%d rows. Would take %d", f.Rows, f.Taken)
	}
	for _, x := range []struct {
		n    int64
		text string
	}{{f.Same, "as before"}, {f.Known, "known before"}, {f.Skipped, "rows left out"}} {
		if x.n > 0 {
			out += fmt.Sprintf(", %s %d", x.text, x.n)
		}
	}
	return out + "."
}
func (english) LeftOut(rows int64) string {
	return fmt.Sprintf("%d rows left out: what they are about has a problem. Correct it, or load "+
		"what it lacks, and import the file again. Nothing is taken twice.", rows)
}
func (english) Remembered(columns string) string {
	return "columns as last time: " + columns + ". --map says otherwise."
}
func (english) Rows(done, total int64) string {
	if total == 0 {
		return fmt.Sprintf("%d rows read", done)
	}
	return fmt.Sprintf("%d of %d rows", done, total)
}
func (english) NoField(name, kind string, fields []string) string {
	return fmt.Sprintf("--map: %q is no column of %s. Write one of: %s.", name, kind,
		strings.Join(fields, ", "))
}
func (english) NoList(path string) string {
	return fmt.Sprintf("--report %q: it is written as CSV or XLSX. Name it FILE.csv or FILE.xlsx.",
		path)
}
func (english) Listed(path string) string { return "The problems are in " + path + "." }
func (english) ListHeader() []string {
	return []string{"File", "Line", "Column", "Value", "Code", "Problem", "What to do"}
}
func (english) HandedOver(db string) string {
	return "A station has " + db + " open: it is asked to take the files in. Waiting for it."
}
func (english) NoStation(db string) string {
	return "Another program has " + db + " open, and takes no files in. Nothing was imported. " +
		"Wait until it has ended, or end it, then import again."
}
func (english) Withdrawn() string {
	return "Stopped before the station began. Nothing was imported."
}
func (english) StationGoesOn() string {
	return "The station goes on with it. Import the same files again to see what became of them: " +
		"nothing is taken twice."
}
func (english) NoRequest() string {
	return "The request cannot be read. Import the files again."
}
func (english) Before() string { return "taken before. Nothing was done." }
func (english) Unused(columns string) string {
	return "columns that are not used: " + columns
}
func (english) More(n int64) string { return fmt.Sprintf("and %d more problems", n) }
func (english) NotTaken(files []string) string {
	out := "Nothing of " + files[0] + " was taken. Correct it, then import it again."
	if len(files) > 1 {
		out += " Not looked at: " + strings.Join(files[1:], ", ") + "."
	}
	return out
}
func (english) BackedUp(path string) string {
	return path + ": a whole copy. Keep it on another device."
}
func (english) Restored(path string) string { return path + " is restored." }
func (english) MoveAway(path string) string {
	return "Nothing is overwritten. Move " + path + " and the files beside it (-wal, -shm) " +
		"away, or restore with --db to another name."
}
func (english) PINsAgain() string {
	return "PINs must be set again: the key that they are kept with is this device's, and in no " +
		"backup. Use: scanbay import operators FILE, with a column pin."
}
func (english) Whole(events int64) string {
	return fmt.Sprintf("%d events, the chain is whole, the tables follow from it, "+
		"the ledger adds up.", events)
}
func (english) ScansKept(n int) string {
	return fmt.Sprintf("%d answered scans, all in the log.", n)
}
func (english) ScanLost(id store.ScanID) string {
	return fmt.Sprintf("scan %s: it was answered, and is not in the log", id)
}
func (english) NotRight(path string, n int) string {
	return fmt.Sprintf("%s is not right: %d places. Do not go on with it. Keep it as it is, "+
		"and restore the last backup.", path, n)
}
func (english) DemoHint() []string {
	return []string{"Tab scans right, Shift+Tab wrong, F10 ends",
		"101, 102: PIN 1234", "900 supervisor: PIN 9000"}
}
func (english) DemoKept(folder string) string {
	return "The warehouse is kept. Go on with it: scanbay demo --keep " + folder
}
func (english) Routed(r routed) string {
	out := fmt.Sprintf("%s: %v", r.ID, r.Length)
	if r.Optimum != nil {
		out += fmt.Sprintf(", optimum %v (%+g)", *r.Optimum, r.more())
	}
	if !r.Exact {
		out += ", not proven shortest"
	}
	return out + fmt.Sprintf(", %v ms", r.MS)
}
func (english) RouteSum(s routeSum) string {
	out := fmt.Sprintf("%d walks", s.Walks)
	if s.Compared > 0 {
		out += fmt.Sprintf(", %d of %d at the optimum", s.Optimal, s.Compared)
	}
	if s.Walks > 0 {
		out += fmt.Sprintf(", the slowest in %v ms (%s)", s.Slowest.MS, s.Slowest.ID)
	}
	return out + "."
}
func (english) RouteStopped() string { return "Stopped before the end. Start it again." }
func (english) NoRoute(line string, err error) string {
	wrong := new(walks.Error)
	errors.As(err, &wrong)
	switch wrong.Mistake {
	case walks.BadStop:
		return fmt.Sprintf("%s: pick %d is not on the floor. Correct its aisle, block or offset.",
			line, wrong.Stop)
	case walks.NoWay:
		return fmt.Sprintf("%s: one-way aisles do not lead to pick %d in aisle %d and back. "+
			"Open an aisle in the other direction.", line, wrong.Stop, wrong.Aisle)
	case walks.BadLayout:
		return line + ": there is no such floor. Correct aisles, cross_aisles, the lengths, " +
			"the depot or one_way; scanbay route --help has what they mean."
	}
	return fmt.Sprintf("%s: this is no walk (%v). Correct the line as scanbay route --help "+
		"says.", line, err)
}

func (english) NoSeats(operators, terminals int) string {
	return fmt.Sprintf("%d operators, %d of them at terminals: there must be one, and as many "+
		"as terminals. Correct --operators or --pty.", operators, terminals)
}
func (english) NoPTY() string {
	return "--pty needs Linux. Rehearse without it."
}
func (english) NoTable(file string) string {
	return file + " cannot be read as a table. Save it as CSV in UTF-8, and rehearse it again."
}
func (english) NothingToRehearse() string {
	return "The files ask for nothing that lies in a bin: a row needs an order, an item whose " +
		"code begins with a digit, a quantity and a price. Look at scanbay import --help."
}
func (english) RehearsalStopped() string { return "The rehearsal was stopped. Begin a new one." }
func (english) Rehearses(r *rehearsal) []string {
	d := r.demand
	stock := r.Stock
	if stock == "" {
		stock = r.Share.String() + " of what is asked for"
	}
	return []string{
		fmt.Sprintf("%d orders, %d without a customer; %d lines, at most %d of one order; "+
			"%d pieces, at most %d of one line.", len(d.orders), len(d.orders)-len(d.customers),
			d.lines, d.mostLines, d.pieces, d.mostPieces),
		fmt.Sprintf("Rows of the files left out: not stocked %d, cancelled %d, corrections %d, "+
			"without a price %d.", d.skipped[notStocked], d.skipped[cancelled], d.skipped[adjusted],
			d.skipped[unpriced]),
		fmt.Sprintf("%d items in %d bins. Stock: %s.", len(d.wares), len(r.floor.shelves), stock),
		"Review: complete (lines alone), sellable, duplicate, stock. Addresses, phones and " +
			"payments are not asked for.",
		fmt.Sprintf("%d operators, %d of them at terminals; wrong scans %s, bins with less than "+
			"the book %s of the tasks; seed %d.", r.Operators, r.Pty, r.Errors, r.Missing, r.Seed),
	}
}
func (english) RehearsalGoes(parcels, orders int) string {
	return fmt.Sprintf("%d parcels have left, of %d orders", parcels, orders)
}
func (english) Rehearsed(f figures) [][2]string {
	return figureRows(f, [...]string{"orders", "held", "approved in part", "rejected", "slips",
		"lines", "pieces shipped", "answered scans", "refused", "wrong on purpose", "shorts",
		"discrepancies", "events", "ms a scan, half of them", "ms a scan, 99 of 100",
		"seconds", "violations"})
}
func (english) NotRehearsed(n int) string {
	return fmt.Sprintf("%d things are not right. Send the maker what is said above, and the "+
		"database: rehearse again with --keep.", n)
}
