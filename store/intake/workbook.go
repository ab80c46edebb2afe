package intake

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	// unzippedMax is how many bytes a workbook may have, unpacked: tables of
	// SizeMax as XML.
	unzippedMax = 4 * SizeMax
	partsMax    = 10_000
)

// What files begin with.
const (
	zipMagic = "PK\x03\x04"
	oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
)

// A workbook is an XLSX file. The library opens it, and knows its sheets and
// styles. The cells are read here: its rows do not tell a date or a failed formula
// from what they look like, and end in silence where a sheet is damaged.
type workbook struct {
	file    *excelize.File
	names   []string          // of the sheets that people see
	part    map[string]string // a sheet's name -> its part of the file
	strings []string
	formats []format // by style
	from04  bool     // its days count from 1904
}

// closed says what is wrong with a file in the container that spreadsheets wrote
// before XLSX, and write around what they encrypt.
func closed(data []byte) *Problem {
	name := "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	if bytes.Contains(data, []byte(name)) {
		return bad(Password, "")
	}
	return bad(OldFormat, "")
}

// openWorkbook opens an XLSX file of limited size.
func openWorkbook(data []byte) (w *workbook, p *Problem) {
	if p := fits(data); p != nil {
		return nil, p
	}
	defer func() {
		if recover() != nil { // the library trusts what a file says of itself
			w, p = nil, bad(DamagedFile, "")
		}
	}()
	file, err := excelize.OpenReader(bytes.NewReader(data),
		excelize.Options{UnzipSizeLimit: unzippedMax, UnzipXMLSizeLimit: unzippedMax})
	if err != nil {
		return nil, bad(DamagedFile, "")
	}
	w = &workbook{file: file, formats: formatsOf(file)}
	props, err := file.GetWorkbookProps()
	w.from04 = err == nil && props.Date1904 != nil && *props.Date1904
	for _, name := range file.GetSheetList() {
		if seen, err := file.GetSheetVisible(name); err == nil && seen {
			w.names = append(w.names, name)
		}
	}
	book := w.target("_rels/.rels", func(r relation) bool {
		return path.Base(r.Type) == "officeDocument"
	})
	if !w.locate(book) || !w.shared(book) {
		return nil, bad(DamagedFile, "")
	}
	return w, nil
}

// fits refuses what would unpack to more than there may be, and what is no
// workbook.
func fits(data []byte) *Problem {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return bad(DamagedFile, "")
	}
	var size uint64
	for _, f := range z.File {
		size += min(f.UncompressedSize64, unzippedMax+1) // the reader holds it to that
	}
	if size > unzippedMax || len(z.File) > partsMax {
		return bad(TooLarge, fmt.Sprint(unzippedMax))
	}
	if !slices.ContainsFunc(z.File, func(f *zip.File) bool {
		return strings.EqualFold(f.Name, "[Content_Types].xml")
	}) {
		return bad(NotATable, "")
	}
	return nil
}

// A relation is a way from one part of the file to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// target is the part to which the first relation leads that is wanted; empty if
// there is none.
func (w *workbook) target(rels string, wanted func(relation) bool) string {
	var all struct {
		Relationship []relation
	}
	if w.unmarshal(rels, &all) != nil {
		return ""
	}
	i := slices.IndexFunc(all.Relationship, wanted)
	if i < 0 {
		return ""
	}
	to := all.Relationship[i].Target
	if path.IsAbs(to) {
		return path.Clean(to)[1:]
	}
	return path.Join(path.Dir(path.Dir(rels)), to)
}

func relsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// locate finds the parts of the sheets.
func (w *workbook) locate(book string) bool {
	var all struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if w.unmarshal(book, &all) != nil {
		return false
	}
	w.part = map[string]string{}
	for _, s := range all.Sheets {
		w.part[s.Name] = w.target(relsOf(book), func(r relation) bool { return r.ID == s.ID })
	}
	return len(w.part) > 0
}

func (w *workbook) data(part string) []byte {
	found, _ := w.file.Pkg.Load(part)
	data, _ := found.([]byte)
	return data
}

func (w *workbook) decoder(part string) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(w.data(part)))
	d.CharsetReader = w.file.CharsetReader
	return d
}

func (w *workbook) unmarshal(part string, into any) error { return w.decoder(part).Decode(into) }

// shared reads the texts that cells refer to by number.
func (w *workbook) shared(book string) bool {
	part := w.target(relsOf(book), func(r relation) bool {
		return path.Base(r.Type) == "sharedStrings"
	})
	if part == "" {
		return true
	}
	d := w.decoder(part)
	var text strings.Builder
	var phonetic, reading bool
	for {
		token, err := d.Token() // it knows where the part ends too early
		if err != nil {
			return err == io.EOF
		}
		switch t := token.(type) {
		case xml.StartElement:
			phonetic = phonetic || t.Name.Local == "rPh"
			reading = t.Name.Local == "t" && !phonetic
		case xml.CharData:
			if reading {
				text.Write(t)
			}
		case xml.EndElement:
			reading = false
			switch t.Name.Local {
			case "rPh":
				phonetic = false
			case "si":
				w.strings = append(w.strings, unescape(text.String()))
				text.Reset()
			}
		}
	}
}

// escapes are characters that XML cannot hold, as workbooks write them.
var escapes = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escapes.ReplaceAllStringFunc(s, func(code string) string {
		var r rune
		_, _ = fmt.Sscanf(code, "_x%04x_", &r) // the expression let nothing else through
		return string(r)
	})
}

// choose finds the sheet that is meant: the one of the name, or else the only one
// that people see with something in it.
func (w *workbook) choose(name string) (part string, p *Problem) {
	if name != "" {
		for have, part := range w.part {
			if norm(have) == norm(name) {
				return part, nil
			}
		}
		return "", &Problem{Value: shown(name), Reason: WhichSheet, Want: list(w.names)}
	}
	var full []string
	for _, have := range w.names {
		if !w.blank(w.part[have]) {
			full = append(full, have)
		}
	}
	switch len(full) {
	case 0:
		return "", bad(EmptyFile, "")
	case 1:
		return w.part[full[0]], nil
	}
	return "", bad(WhichSheet, list(full))
}

func (w *workbook) blank(part string) bool {
	for r := range w.records(part) {
		if r.why != nil || filled(r.fields) > 0 {
			return false
		}
	}
	return true
}

// list names things of a file, as far as a screen holds them.
func list(names []string) string {
	const most = 50
	var out []string
	for _, name := range names[:min(len(names), most)] {
		if name = trim(name); name != "" {
			out = append(out, shown(name))
		}
	}
	if len(names) > most {
		out = append(out, "...")
	}
	return strings.Join(out, ", ")
}
