package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"scanbay/store/intake"
)

// A form is a way in which people save a file. It makes one of files of the archive.
type form struct {
	name, help string
	from       func(names []string, data [][]byte) ([]byte, error)
}

func forms() []form {
	return []form{
		{"gb18030", "text of the archive, as older programs save it", asGB18030},
		{"xlsx", "a workbook, a sheet for each file: numbers, dates and TRUE as such, text " +
			"behind ', = a formula without a value, ^ merged with the cell above", asWorkbook},
		{"gzip", "packed", asGzip},
		{"cut", "half of it", func(_ []string, data [][]byte) ([]byte, error) {
			return data[0][:len(data[0])/2], nil
		}},
		{"large", "too much of it", asTooLarge},
		{"password", "a workbook with a password", withPassword},
		{"xls", "what spreadsheets wrote before XLSX", func([]string, [][]byte) ([]byte, error) {
			return []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), nil
		}},
	}
}

// makeFile makes a file in some form: FORM NAME FROM...
func (sc *scene) makeFile(w []string) error {
	all := forms()
	i := slices.IndexFunc(all, func(f form) bool { return f.name == w[0] })
	if i < 0 {
		return errors.New("no such form; scanbay script --help lists them")
	}
	var data [][]byte
	for _, name := range w[2:] {
		text, err := sc.data(name)
		if err != nil {
			return err
		}
		data = append(data, text)
	}
	made, err := all[i].from(w[2:], data)
	sc.made[w[1]] = made
	return err
}

// data is what is in a file that was made, or is of the archive.
func (sc *scene) data(name string) ([]byte, error) {
	if made, ok := sc.made[name]; ok {
		return made, nil
	}
	if f := sc.file(name); f != nil {
		return f.Data, nil
	}
	return nil, fmt.Errorf("no file %s in the archive", name)
}

// unseen puts in the characters that nobody sees, for which the archive has \u200b.
func unseen(text []byte) string {
	return regexp.MustCompile(`\\u[0-9a-f]{4}`).ReplaceAllStringFunc(string(text),
		func(code string) string {
			n, _ := strconv.ParseInt(code[2:], 16, 32) // the expression let nothing else through
			return string(rune(n))
		})
}

func asGB18030(_ []string, data [][]byte) ([]byte, error) {
	return simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(unseen(data[0])))
}

func asGzip(_ []string, data [][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(data[0])
	err = errors.Join(err, w.Close())
	return out.Bytes(), err
}

// asTooLarge repeats text, or has a workbook say that there is more in it.
func asTooLarge(_ []string, data [][]byte) ([]byte, error) {
	if !bytes.HasPrefix(data[0], []byte("PK")) {
		return bytes.Repeat(data[0], intake.SizeMax/len(data[0])+1), nil
	}
	z, err := zip.NewReader(bytes.NewReader(data[0]), int64(len(data[0])))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		err = errors.Join(err, w.Copy(f))
	}
	_, more := w.CreateRaw(&zip.FileHeader{Name: "xl/more.xml", Method: zip.Deflate,
		UncompressedSize64: 1 << 40})
	err = errors.Join(err, more, w.Close())
	return out.Bytes(), err
}

func withPassword(_ []string, data [][]byte) (_ []byte, err error) {
	f, err := excelize.OpenReader(bytes.NewReader(data[0]))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var out bytes.Buffer
	err = f.Write(&out, excelize.Options{Password: "secret"})
	return out.Bytes(), err
}

func asWorkbook(names []string, data [][]byte) (_ []byte, err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	for i, name := range names {
		rows := csv.NewReader(strings.NewReader(unseen(data[i])))
		rows.FieldsPerRecord = -1
		all, err := rows.ReadAll()
		if err != nil {
			return nil, err
		}
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err = errors.Join(err, fillSheet(f, name, all)); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	_, err = f.WriteTo(&out)
	return out.Bytes(), err
}

func fillSheet(f *excelize.File, sheet string, rows [][]string) error {
	merged := map[string]string{} // from the first cell to the last
	for y, row := range rows {
		for x, text := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if text == "^" {
				first := y - 1
				for rows[first][x] == "^" {
					first--
				}
				above, _ := excelize.CoordinatesToCellName(x+1, first+1) // it is within the sheet
				merged[above] = at
				continue
			}
			if err = errors.Join(err, fillCell(f, sheet, at, text)); err != nil {
				return err
			}
		}
	}
	for _, from := range slices.Sorted(maps.Keys(merged)) {
		if err := f.MergeCell(sheet, from, merged[from]); err != nil {
			return err
		}
	}
	return nil
}

func fillCell(f *excelize.File, sheet, at, text string) error {
	if plain, quoted := strings.CutPrefix(text, "'"); quoted {
		return f.SetCellStr(sheet, at, plain)
	}
	if code, formula := strings.CutPrefix(text, "="); formula {
		return f.SetCellFormula(sheet, at, code)
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			return f.SetCellValue(sheet, at, t)
		}
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return f.SetCellDefault(sheet, at, text)
	}
	if text == "TRUE" || text == "FALSE" {
		return f.SetCellBool(sheet, at, text == "TRUE")
	}
	return f.SetCellStr(sheet, at, text)
}
