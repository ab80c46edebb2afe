package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/order"
	"scanbay/store/outbound"
	"scanbay/store/postgres"
	"scanbay/store/returns"
	"scanbay/store/shipping"
	"scanbay/store/sqlite"
	"scanbay/store/stocktake"
	"scanbay/sync/central"
)

// centralName is the author of what central itself records. No station is called so:
// their names are capitals.
const centralName store.StationID = "central"

type centralCmd struct {
	DB        string `default:"central.db" placeholder:"FILE" help:"Database (${default})."`
	Database  string `placeholder:"URL" help:"PostgreSQL instead: postgres://user@host/name."`
	Listen    string `default:":8443" placeholder:"ADDRESS" help:"Where to listen (${default})."`
	Warehouse string `default:"W1" help:"Warehouse, made if new (${default})."`
	Zone      string `default:"Asia/Shanghai" help:"Time zone of a new warehouse (${default})."`
	Cert      string `placeholder:"FILE" help:"Certificate, PEM; one of its own if not given."`
	CertKey   string `placeholder:"FILE" help:"The certificate's key, PEM."`
	Plain     bool   `help:"No TLS: for this machine alone."`
	Adopt     string `placeholder:"FILE" help:"Take over a lone station's database; then end."`
	Restored  bool   `help:"The database is a backup: wait for what the stations hold."`
}

// Help tells what lies beside the database.
func (centralCmd) Help() string {
	return "Beside the database, or beside --db where PostgreSQL has it, lie:\n" +
		"  FILE.tls    the certificate that stations expect, and its key: secret; back it up\n" +
		"  FILE.admin  the secret by which \"scanbay stations\" and \"import\" may do all\n" +
		"  FILE.log    what happened, without secrets\n" +
		"  FILE.snapshots, FILE.import    what is on its way while it runs: secret\n" +
		"scanbay help operations says how to run it, back it up and restore it.\n"
}

// Run serves until it is told to stop; what is being answered is answered.
func (cmd centralCmd) Run(ctx context.Context, c *console) (err error) {
	log, err := openLog(cmd.DB + ".log")
	if err != nil {
		return err
	}
	defer log.Close()
	h, err := cmd.open(ctx, c, logTo(log))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.db.Close()) }()
	switch {
	case cmd.Adopt != "":
		return h.adopt(ctx, c, cmd.Adopt)
	case cmd.Restored:
		return h.restored(ctx, c)
	}
	return h.serve(ctx, c)
}

// A house is a central server and all that is open for it.
type house struct {
	centralCmd
	db     *store.DB
	stores []*store.Store
	log    *slog.Logger
	server *central.Central
	secret string // of administrators
}

// open opens the database, and makes the warehouse where there is none.
func (cmd centralCmd) open(ctx context.Context, c *console, log *slog.Logger) (
	h *house, err error) {
	if _, err := time.LoadLocation(cmd.Zone); err != nil {
		return nil, complaint(err.Error())
	}
	h = &house{centralCmd: cmd, log: log}
	if cmd.Database != "" {
		h.db, err = postgres.Open(ctx, cmd.Database)
	} else {
		h.db, err = sqlite.Open(ctx, cmd.DB)
	}
	if err != nil {
		return nil, err
	}
	if err := h.warehouses(ctx, c); err != nil {
		return nil, errors.Join(err, h.db.Close())
	}
	return h, nil
}

// warehouses opens a store for each warehouse.
func (h *house) warehouses(ctx context.Context, c *console) error {
	ids, err := store.Identities(ctx, h.db)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(ids, func(id store.Identity) bool { return !id.Central }) {
		return complaint(c.words().NotCentral(h.DB))
	}
	wh := store.WarehouseID(strings.ToUpper(h.Warehouse))
	fresh := len(ids) == 0 || !slices.ContainsFunc(ids, func(id store.Identity) bool {
		return id.Warehouse == wh
	}) && h.Warehouse != anyWarehouse
	if fresh {
		if err := nameable(string(wh)); err != nil {
			return err
		}
		id := store.Identity{Warehouse: wh, Author: centralName, Prefix: "00", Epoch: 1,
			Zone: h.Zone, Authority: true, Central: true}
		if err := store.Establish(ctx, h.db, id); err != nil {
			return err
		}
	}
	h.stores, err = storesOf(ctx, h.db, c.Now)
	return err
}

// The limits of the server: a station that says nothing holds nothing up.
const (
	headTimeout = 10 * time.Second
	bodyTimeout = 2 * time.Minute
	stopTimeout = 10 * time.Second
)

// gcPercent lets a server's memory grow to five times what lives: reading facts makes
// much garbage, and collecting less often saves a fifth of the time.
const gcPercent = 400

// serve answers until ctx ends.
func (h *house) serve(ctx context.Context, c *console) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	for _, folder := range []string{h.snapshots(), h.imports()} {
		// A server that was killed left it full of what is secret.
		if err := errors.Join(os.RemoveAll(folder), os.Mkdir(folder, 0o700)); err != nil {
			return &store.Fault{Code: store.ReadOnly, Path: folder, Err: err}
		}
		defer os.RemoveAll(folder)
	}
	h.server = central.New(central.Config{Stores: h.stores, Rulings: rulings(),
		Plan: plan, Settle: settle, Now: c.Now, Log: h.log,
		Folder: h.snapshots(),
		Snapshot: func(ctx context.Context, s *store.Store, path string) error {
			return snapshot(ctx, s, path, c.Now)
		}})
	listener, at, err := h.listen(c)
	if err != nil {
		return err
	}
	if err := h.letIn(c, listener, at); err != nil {
		return errors.Join(err, listener.Close())
	}
	fmt.Fprintln(c.Out, c.words().Serves(at))
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	server := &http.Server{Handler: h.handler(), ReadHeaderTimeout: headTimeout,
		ReadTimeout: bodyTimeout, IdleTimeout: bodyTimeout,
		ErrorLog:    slog.NewLogLogger(h.log.Handler(), slog.LevelInfo),
		BaseContext: func(net.Listener) context.Context { return work }}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.server.Run(work)
	}()
	select {
	case err = <-ended:
	case <-ctx.Done():
		stop() // who waits for news goes without, and comes again
		err = end(ctx, server, stopTimeout)
	}
	stop()
	<-done
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

// The folders of what is on its way: out to stations, and in from administrators.
func (h *house) snapshots() string { return h.DB + ".snapshots" }
func (h *house) imports() string   { return h.DB + ".import" }

// end lets what is being answered come to its end, and waits for it so long.
func end(ctx context.Context, server *http.Server, wait time.Duration) error {
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), wait)
	defer cancel()
	err := server.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}

// here is an address at which this computer reaches the listener.
func here(listener net.Listener) string {
	at := listener.Addr().(*net.TCPAddr)
	ip := at.IP
	if ip.IsUnspecified() {
		ip = net.IPv4(127, 0, 0, 1)
	}
	return net.JoinHostPort(ip.String(), strconv.Itoa(at.Port))
}

// listen opens the port, and says by what address stations find it.
func (h *house) listen(c *console) (net.Listener, string, error) {
	plain, err := net.Listen("tcp", h.Listen)
	if err != nil {
		return nil, "", complaint(c.words().NoPort(h.Listen, err.Error()))
	}
	_, port, err := net.SplitHostPort(plain.Addr().String())
	if err != nil {
		return nil, "", errors.Join(err, plain.Close())
	}
	if h.Plain {
		if ip := plain.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
			return nil, "", errors.Join(complaint(c.words().PlainOutside(h.Listen)), plain.Close())
		}
		return plain, "http://" + here(plain), nil
	}
	cert, err := h.certificate(c)
	if err != nil {
		return nil, "", errors.Join(err, plain.Close())
	}
	name, err := os.Hostname()
	if err != nil {
		name = "127.0.0.1"
	}
	return tls.NewListener(plain, &tls.Config{Certificates: []tls.Certificate{cert},
			MinVersion: tls.VersionTLS13, NextProtos: []string{"h2", "http/1.1"}}),
		"https://" + name + ":" + port, nil
}

// rulings are all that stations may ask for.
func rulings() []store.WireRuling {
	return slices.Concat(order.Rulings(), outbound.Rulings(), access.Rulings(),
		returns.Rulings(), shipping.Rulings(), stocktake.Rulings())
}

// plan does what the authority does by itself.
func plan(ctx context.Context, s *store.Store) error {
	if err := order.Plan(ctx, s); err != nil {
		return err
	}
	if err := returns.Plan(ctx, s); err != nil {
		return err
	}
	return stocktake.Onward(ctx, s)
}

// settle looks at facts that stations sent.
func settle(tx *store.Tx, facts []store.Envelope) error {
	if err := order.Settle(tx, facts); err != nil {
		return err
	}
	if err := returns.Settle(tx, facts); err != nil {
		return err
	}
	return stocktake.Settle(tx, facts)
}

// snapshot writes a database that a new station begins with.
func snapshot(ctx context.Context, from *store.Store, path string, now func() time.Time) error {
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	id := from.Identity()
	id.Authority, id.Central = false, false
	if err := store.Establish(ctx, db, id); err != nil {
		return errors.Join(err, db.Close())
	}
	s, err := store.New(ctx, db, newBoot(), now)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(s.Seed(ctx, from), s.Close())
}

// adopt takes over what a lone station recorded. From then on the station asks central.
func (h *house) adopt(ctx context.Context, c *console, file string) (err error) {
	db, err := sqlite.Open(ctx, file)
	if err != nil {
		return err
	}
	from, err := store.New(ctx, db, newBoot(), c.Now)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	id := from.Identity()
	i := slices.IndexFunc(h.stores, func(s *store.Store) bool {
		return s.Identity().Warehouse == id.Warehouse
	})
	if i < 0 || !id.Authority || id.Central || h.stores[i].Identity().Zone != id.Zone {
		return complaint(c.words().NotToAdopt(file, string(id.Warehouse), id.Zone))
	}
	err = central.Adopt(ctx, h.stores[i], from)
	if errors.Is(err, central.ErrOther) {
		return complaint(c.words().AdoptsNoMore(file))
	}
	if err != nil {
		return err
	}
	if err := from.GiveUp(ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.Out, c.words().Adopted(file, string(id.Author)))
	return err
}

// restored says that the database is a backup.
func (h *house) restored(ctx context.Context, c *console) error {
	for _, s := range h.stores {
		at, err := store.Get(ctx, s, (*store.Reader).Revision)
		if err != nil {
			return err
		}
		if err := s.Restored(ctx, at); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(c.Out, c.words().CentralRestored())
	return err
}
