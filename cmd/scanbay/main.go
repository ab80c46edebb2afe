// Command scanbay is a warehouse station, and what its supervisor needs beside
// it: imports, backups, a check of the records, a demonstration.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"github.com/charmbracelet/lipgloss"

	"scanbay/cmd/scanbay/early"
	"scanbay/store"
	"scanbay/tui/i18n"
)

// What the process ends with.
const (
	exitFailed = 1
	exitUsage  = 2
)

// A console is where a command speaks to the person who gave it.
type console struct {
	In       io.Reader
	Out, Err io.Writer
	Text     i18n.Text
	Now      func() time.Time
}

// commands is the command line.
type commands struct {
	Lang string `env:"SCANBAY_LANG" placeholder:"en|zh" help:"Language; the system's if not given."`

	Init     initCmd     `cmd:"" help:"Make a new site: it asks what must be decided."`
	Station  stationCmd  `cmd:"" help:"Work: the terminal of an operator."`
	Demo     demoCmd     `cmd:"" help:"Try it: a stocked warehouse, open orders, no scanner."`
	Import   importCmd   `cmd:"" help:"Take items, stock, people, orders, returns in: XLSX or CSV."`
	Central  centralCmd  `cmd:"" help:"Serve the stations of a warehouse, or of several."`
	Stations stationsCmd `cmd:"" help:"Have central add, list or revoke stations."`
	Enroll   enrollCmd   `cmd:"" help:"Make this computer a station of a central server."`
	Set      setCmd      `cmd:"" help:"Set what the site decides: settings, rules, grades."`
	Backup   backupCmd   `cmd:"" help:"Copy the database into a new file, also while people work."`
	Restore  restoreCmd  `cmd:"" help:"Make a database of a backup. Nothing is overwritten."`
	Count    countCmd    `cmd:"" help:"Have bins counted, or list what waits to be."`
	Report   reportCmd   `cmd:"" help:"Tell what happened: returns, accuracy."`
	Trail    trailCmd    `cmd:"" help:"List every fact about an order, item, bin, person ..."`
	Close    closeCmd    `cmd:"" help:"Print the close of a day, with where the logs end."`
	Loading  loadingCmd  `cmd:"" help:"Print what carriers took: of a truck, or of a day."`
	Alerts   alertsCmd   `cmd:"" help:"List what somebody is to be warned of."`

	Labels   labelsCmd   `cmd:"" help:"Print labels and slips: bins, totes, cartons, commands ..."`
	Printers printersCmd `cmd:"" help:"Say where this station prints, or list it."`
	Decode   decodeCmd   `cmd:"" help:"Say what barcodes mean, a code a line."`
	Doctor   doctorCmd   `cmd:"" help:"List scanners, listen to them, say what is wrong."`
	Notices  noticesCmd  `cmd:"" help:"List what customers are to be told of."`
	Verify   verifyCmd   `cmd:"" help:"Check a database: its log, its tables, its ledger."`
	Rehearse rehearseCmd `cmd:"" help:"Rehearse days of real orders, with people who err."`
	Script   scriptCmd   `cmd:"" help:"Play scenarios, and say where they go wrong."`
	Route    routeCmd    `cmd:"" help:"Plan shortest walks for pickers, and measure them."`
	Bench    benchCmd    `cmd:"" help:"Measure what one central server carries."`
	Help     helpCmd     `cmd:"" help:"Explain a topic: operations."`
	Version  versionCmd  `cmd:"" help:"Say which program this is."`
}

func main() {
	early.Restore()
	lipgloss.SetHasDarkBackground(true) // asking would take the terminal five seconds
	ctx, stop := signal.NotifyContext(context.Background(),
		syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	c := &console{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Now: time.Now}
	code := run(ctx, os.Args[1:], c)
	stop()
	os.Exit(code)
}

// run carries out one command line, and returns what the process ends with.
func run(ctx context.Context, args []string, c *console) int {
	var line commands
	ended := -1
	parser, err := kong.New(&line, kong.Name("scanbay"), kong.UsageOnError(),
		kong.Description("A warehouse terminal for the people who hold the scanner."),
		kong.Writers(c.Out, c.Err), kong.Exit(func(code int) { ended = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), importKinds(),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(c), returnsBys(), countBys(),
		paperNames(), printerPapers())
	if err != nil {
		panic(err) // the struct above is wrong
	}
	chosen, err := parser.Parse(args)
	if ended >= 0 {
		return ended // --help
	}
	if err == nil {
		c.Text, err = language(line.Lang)
	}
	if err != nil {
		fmt.Fprintf(c.Err, "scanbay: %v\nscanbay --help\n", err)
		return exitUsage
	}
	if err := chosen.Run(); err != nil {
		c.complain(err)
		return exitFailed
	}
	return 0
}

// language is the one asked for, or else the one of the person's system.
func language(asked string) (i18n.Text, error) {
	tag := asked
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if tag == "" {
			tag = os.Getenv(name)
		}
	}
	for _, text := range languages() {
		if strings.HasPrefix(strings.ToLower(tag), text.Tag()) {
			return text, nil
		}
	}
	if asked != "" {
		return nil, fmt.Errorf("--lang: %q is none of en, zh", asked)
	}
	return i18n.English{}, nil
}

func languages() []i18n.Text { return []i18n.Text{i18n.English{}, i18n.Chinese{}} }

// A complaint is a failure that is put in words already.
type complaint string

func (c complaint) Error() string { return string(c) }

// complain says what went wrong and what to do, and below it what a person who
// knows computers asks for.
func (c *console) complain(err error) {
	var said complaint
	var name badName
	if errors.As(err, &name) {
		err = complaint(c.words().BadName(string(name)))
	}
	if errors.As(err, &said) {
		fmt.Fprintf(c.Err, "scanbay: %s\n", said)
		return
	}
	problem, remedy := i18n.Explain(c.Text, err)
	fmt.Fprintf(c.Err, "scanbay: %s\n", c.words().Trouble(problem, remedy))
	detail := err.Error()
	if f := store.FaultOf(err); f.Path != "" {
		detail = fmt.Sprintf("%s: %v", f.Path, f.Err)
	}
	fmt.Fprintf(c.Err, "  %s\n", detail)
}
