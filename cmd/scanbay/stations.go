package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"scanbay/store"
	"scanbay/store/intake"
)

// A centralAt is where a command finds central, and by what right.
type centralAt struct {
	Central   string `placeholder:"URL" help:"Central server; that of --admin if not given."`
	Admin     string `default:"central.db.admin" placeholder:"FILE" help:"Its secret (${default})."`
	Warehouse string `default:"W1" help:"Of several that central serves (${default})."`
}

// post asks central for something as an administrator, and reads its answer.
func (at centralAt) post(ctx context.Context, c *console, path, kind string, body io.Reader,
	answer any) error {
	key, err := readAdmin(at.Admin)
	if err != nil {
		return complaint(c.words().NoAdmin(at.Admin))
	}
	if at.Central != "" {
		key.URL = at.Central
	}
	if err := encrypted(c, key.URL); err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, key.URL+path, body)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+key.Secret)
	r.Header.Set("Content-Type", kind)
	line := key.Pin.transport()
	defer line.CloseIdleConnections()
	said, err := line.RoundTrip(r)
	if err != nil {
		return complaint(c.words().NoCentral(key.URL, err.Error()))
	}
	defer said.Body.Close()
	if said.StatusCode != http.StatusOK {
		return complaint(c.words().NoCentral(key.URL, said.Status))
	}
	return json.NewDecoder(said.Body).Decode(answer)
}

type stationsCmd struct {
	Do   string `arg:"" enum:"list,add,revoke,open" help:"list, add NAME, revoke NAME, or open."`
	Name string `arg:"" optional:"" help:"A station, such as PACK-1."`
	centralAt
}

// Help tells what the words do.
func (stationsCmd) Help() string {
	return "add      makes a code for \"scanbay enroll\", good for ten minutes\n" +
		"revoke   takes nothing more from a station\n" +
		"open     after a restore: waits no longer for stations that have not reported\n"
}

// Run has central do something about stations, and lists them.
func (s stationsCmd) Run(ctx context.Context, c *console) error {
	name := store.StationID(strings.ToUpper(s.Name))
	if (s.Do == "add" || s.Do == "revoke") && !stationName.MatchString(string(name)) {
		return complaint(c.words().NoStationName(s.Name))
	}
	ask, err := json.Marshal(adminAsk{Warehouse: s.Warehouse, Do: s.Do, Station: name})
	if err != nil {
		return err
	}
	var said adminSaid
	body := bytes.NewReader(ask)
	if err := s.post(ctx, c, adminPath, "application/json", body, &said); err != nil {
		return err
	}
	switch said.Failed {
	case "":
	case noWarehouse:
		return complaint(c.words().NoWarehouse(s.Warehouse))
	default:
		return complaint(c.words().NoStationName(s.Name))
	}
	for _, st := range said.Stations {
		fmt.Fprintln(c.Out, c.words().StationLine(st, slices.Contains(said.Waits, st.ID)))
	}
	if said.Code == "" {
		return nil
	}
	key, err := readAdmin(s.Admin)
	if err != nil {
		return err
	}
	code := said.Code
	if key.Pin != "" {
		code += "." + grouped(string(key.Pin))
	}
	_, err = fmt.Fprintln(c.Out, c.words().EnrolWith(key.At, code))
	return err
}

// carryThere has files taken in by central.
func (i importCmd) carryThere(ctx context.Context, c *console) (
	out intake.Report, err error) {
	at := centralAt{Central: i.Central, Admin: i.Admin, Warehouse: i.Warehouse}
	read, write := io.Pipe()
	form := multipart.NewWriter(write)
	go func() { write.CloseWithError(errors.Join(i.form(c, form), form.Close())) }()
	var a reply
	err = at.post(ctx, c, importPath+"?warehouse="+url.QueryEscape(at.Warehouse),
		form.FormDataContentType(), read, &a)
	if err == nil && a.Failed != "" {
		err = complaint(a.Failed)
	}
	return a.Report, errors.Join(err, read.Close())
}

// form writes what is to be taken in.
func (i importCmd) form(c *console, form *multipart.Writer) error {
	r := request{errand: i.errand, Lang: c.Text.Tag()}
	var files []intake.File
	for _, path := range i.Files {
		f := intake.OpenFile(path)
		files, r.Names = append(files, f), append(r.Names, f.Name)
	}
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	w, err := form.CreateFormField(requestFile)
	if err == nil {
		_, err = w.Write(text)
	}
	for n, f := range files {
		if err != nil {
			return err
		}
		err = func() error {
			from, err := f.Open()
			if err != nil {
				return err
			}
			defer from.Close()
			to, err := form.CreateFormFile(strconv.Itoa(n), f.Name)
			if err == nil {
				_, err = io.Copy(to, io.LimitReader(from, copyMax))
			}
			return err
		}()
	}
	return err
}
