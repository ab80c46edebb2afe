package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/intake"
	"scanbay/sync/central"
)

// The paths of administrators.
const (
	adminPath  = "/v1/admin"
	importPath = "/v1/admin/import"
)

// An adminKey is what lies beside central's database: whoever can read it may do all.
type adminKey struct {
	URL    string `json:"url"` // as this computer reaches it
	At     string `json:"at"`  // as stations do
	Pin    pin    `json:"pin"`
	Secret string `json:"secret"`
}

// letIn writes down, for administrators, where the server is and by what secret it knows
// them.
func (h *house) letIn(c *console, listener net.Listener, at string) error {
	path := h.DB + ".admin"
	key, err := readAdmin(path)
	if errors.Is(err, fs.ErrNotExist) {
		key.Secret, err = rand.Text(), nil
	}
	if err != nil {
		return &store.Fault{Code: store.Damaged, Path: path, Err: err}
	}
	key.At, h.secret = at, key.Secret
	if key.Pin, err = h.pin(c); err != nil {
		return err
	}
	scheme := "https"
	if h.Plain {
		scheme = "http"
	}
	key.URL = scheme + "://" + here(listener)
	return writeSecret(path, key)
}

func readAdmin(path string) (key adminKey, err error) {
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &key)
	}
	return key, err
}

func writeSecret(path string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return keepSecret(path, text)
}

// keepSecret writes a file that only its owner reads: whole, or not at all, even where the
// power goes. What is there already is left alone.
func keepSecret(path string, text []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
		return nil
	}
	f, err := os.OpenFile(path+".part", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err == nil {
		_, err = f.Write(text)
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err == nil {
		err = os.Rename(path+".part", path)
	}
	if err != nil {
		return &store.Fault{Code: store.ReadOnly, Path: path, Err: err}
	}
	return nil
}

// An adminAsk is what an administrator wants of central.
type adminAsk struct {
	Warehouse string
	Do        string
	Station   store.StationID
	Backed    store.Cursor // up to where its facts are in a verified backup
	Told      []store.Notice
}

// An adminSaid is what came of it.
type adminSaid struct {
	Stations []store.Station
	Waits    []store.StationID // after a restore
	Code     string            // that enrols a station
	Owed     []store.Notice
	Notices  []notice // Owed in words
	Failed   string
}

// noWarehouse is what fails where central does not serve the warehouse.
const noWarehouse = "no_warehouse"

// handler answers stations and administrators.
func (h *house) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", h.server.Handler())
	mux.HandleFunc("POST "+adminPath, h.admin(h.administer))
	mux.HandleFunc("POST "+importPath, h.admin(h.takeIn))
	return mux
}

// admin lets in who knows the secret.
func (h *house) admin(fn http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		given, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !bearer || subtle.ConstantTimeCompare([]byte(given), []byte(h.secret)) != 1 {
			h.log.Warn("refused", "path", r.URL.Path, "from", r.RemoteAddr)
			http.Error(w, "not an administrator", http.StatusForbidden)
			return
		}
		fn(w, r)
	}
}

// anyWarehouse is what commands say that name none: the only one.
const anyWarehouse = "W1"

func (h *house) store(warehouse string) *store.Store {
	for _, s := range h.stores {
		if strings.EqualFold(string(s.Identity().Warehouse), warehouse) ||
			warehouse == anyWarehouse && len(h.stores) == 1 {
			return s
		}
	}
	return nil
}

// administer carries out what is about stations.
func (h *house) administer(w http.ResponseWriter, r *http.Request) {
	var ask adminAsk
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&ask); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s := h.store(ask.Warehouse)
	if s == nil {
		h.answer(w, adminSaid{Failed: noWarehouse})
		return
	}
	var said adminSaid
	err := h.about(r.Context(), s, ask, &said)
	if err == nil {
		err = s.Read(r.Context(), func(r *store.Reader) (err error) {
			if said.Stations, err = r.Stations(); err != nil {
				return err
			}
			restoring, err := r.Restoring()
			if err == nil && restoring {
				said.Waits, err = r.Unreported()
			}
			return err
		})
	}
	if err != nil {
		h.log.Error("admin", "do", ask.Do, "err", err)
		http.Error(w, "could not", http.StatusInternalServerError)
		return
	}
	h.log.Info("admin", "do", ask.Do, "station", ask.Station)
	h.answer(w, said)
}

// enrolSecret is how many characters of base 32 an enrolment code has: 80 bits.
const enrolSecret = 16

func (h *house) about(ctx context.Context, s *store.Store, ask adminAsk, said *adminSaid) error {
	switch ask.Do {
	case "add":
		code, err := central.NewCode(ctx, s, ask.Station, rand.Text()[:enrolSecret])
		if err == nil {
			h.server.Expect(s.Identity().Warehouse)
		}
		said.Code = code
		return err
	case "revoke":
		return s.Write(ctx, store.Gesture{Source: "rpc"}, func(tx *store.Tx) error {
			st, known, err := tx.StationNamed(ask.Station)
			if err != nil || !known {
				said.Failed = "no_station"
				return err
			}
			st.Active, st.At = false, tx.Now().UnixMilli()
			return tx.Record(store.StationRevoked{Station: st})
		})
	case "backed":
		return s.Backed(ctx, ask.Backed)
	case "notices":
		return said.owed(ctx, s)
	case "told":
		return tellSent(ctx, s, ask.Told)
	case "open":
		return s.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error { return tx.EndWait() })
	}
	return nil
}

func (h *house) answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the line may be gone
}

// takeIn takes files in, as a station does from its inbox.
func (h *house) takeIn(w http.ResponseWriter, r *http.Request) {
	folder, err := os.MkdirTemp(h.imports(), "")
	if err != nil {
		http.Error(w, "no folder", http.StatusInternalServerError)
		return
	}
	defer os.RemoveAll(folder)
	s, err := h.store(r.URL.Query().Get("warehouse")), unpackRequest(r, folder)
	if err != nil || s == nil {
		http.Error(w, "not a request", http.StatusBadRequest)
		return
	}
	k := &clerk{store: s, key: access.NoKey(), now: s.Now, log: h.log}
	h.answer(w, k.reply(r.Context(), folder))
}

// unpackRequest writes the parts of a request into a folder: request.json, 0, 1, …
func unpackRequest(r *http.Request, folder string) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name := strconv.Itoa(n - 1)
		if n == 0 {
			name = requestFile
		}
		from := intake.File{Name: name, Open: func() (io.ReadCloser, error) { return part, nil }}
		if err := copyOut(from, filepath.Join(folder, name)); err != nil {
			return err
		}
	}
}
