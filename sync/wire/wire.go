// Package wire is what stations and central say to one another: the requests, how
// facts are framed on their way, and how a station signs what it asks.
package wire

import (
	"encoding/json"

	"scanbay/store"
)

// The paths. A station posts to each of them; every answer is JSON, or a frame.
const (
	EnrolPath    = "/v1/enrol"    // EnrolAsk → EnrolAnswer; the code stands for a signature
	HelloPath    = "/v1/hello"    // HelloAsk → HelloAnswer
	PushPath     = "/v1/push"     // frame of PushAsk → PushAnswer
	PullPath     = "/v1/pull"     // PullAsk → frame of News
	RulePath     = "/v1/rule"     // RuleAsk → frame of RuleAnswer
	RenewPath    = "/v1/renew"    // RenewAsk → RenewAnswer
	OfferPath    = "/v1/offer"    // frame of OfferAsk → OfferAnswer
	SnapshotPath = "/v1/snapshot" // SnapshotAsk, or nothing → a compressed SQLite file
)

// Paths lists every path.
var Paths = []string{EnrolPath, HelloPath, PushPath, PullPath, RulePath, RenewPath, OfferPath,
	SnapshotPath}

// The limits of what is taken.
const (
	FactsMax  = 2000     // in one request
	PackedMax = 4 << 20  // bytes of a body as it travels
	PlainMax  = 16 << 20 // bytes of a body unpacked
	RunMax    = 3 << 20  // bytes of the facts in one body, but for one that is longer
	FactMax   = store.FactMax
	DepthMax  = 32 // of the JSON of a fact
)

// EnrolAsk asks for a place among the stations of a warehouse.
type EnrolAsk struct {
	Code string `json:"code"`
	Key  []byte `json:"key"` // the station's public key
}

// EnrolAnswer is who the station is from now on.
type EnrolAnswer struct {
	Warehouse store.WarehouseID `json:"warehouse"`
	Station   store.StationID   `json:"station"`
	Prefix    string            `json:"prefix"`
	Epoch     int64             `json:"epoch"`
	Zone      string            `json:"zone"`
}

// A Stand is what a station was told: how much of its log central has, and how far it has
// seen central's numbering, each with the hash of the fact there. A central server that was
// restored has another fact in its place, or none.
type Stand struct {
	Epoch  int64        `json:"epoch"`
	Acked  int64        `json:"acked,omitempty"` // of the station's log
	Sent   []byte       `json:"sent,omitempty"`  // the hash there
	Cursor store.Cursor `json:"cursor"`
	Mark   []byte       `json:"mark,omitempty"` // the hash there, where it was told
}

// HelloAsk says where every log ends that a station holds.
type HelloAsk struct {
	Stand
	Heads []store.Head `json:"heads"`
}

// HelloAnswer says what central knows of the station's log. Since is where central's
// numbering was when it was restored last: what was numbered behind it is numbered anew.
// Mark is the hash of the fact there, or where the station's cursor is, if that is before.
type HelloAnswer struct {
	Incarnation int64        `json:"incarnation"`
	Since       int64        `json:"since"`
	Mark        []byte       `json:"mark,omitempty"`
	Restoring   bool         `json:"restoring"`        // central waits for what stations hold
	Heads       []store.Head `json:"heads,omitempty"`  // told where the incarnation is another
	Forked      []store.Head `json:"forked,omitempty"` // those asked of that central has otherwise
	Head        store.Head   `json:"head"`             // of the station's epoch
}

// PushAsk is a run of the station's own log; its facts follow.
type PushAsk struct {
	Run store.Run `json:"run"`
}

// PushAnswer is where the station's log ends at central, on its disk.
type PushAnswer struct {
	Seq  int64  `json:"seq"`
	Hash []byte `json:"hash"`
}

// PullAsk asks for what is new behind a cursor. Wait is how long the answer may take
// while there is nothing, in milliseconds.
type PullAsk struct {
	Stand
	Seq  int64 `json:"seq"` // where the station's own log ends
	Wait int64 `json:"wait"`
}

// RuleAsk asks the authority to carry an operation out.
type RuleAsk struct {
	Name   string          `json:"name"`
	By     store.Gesture   `json:"by"` // its scan's id makes asking twice harmless
	In     json.RawMessage `json:"in"`
	Epoch  int64           `json:"epoch"`
	Cursor store.Cursor    `json:"cursor"`
}

// RuleAnswer is what came of it, with what is new for the station.
type RuleAnswer struct {
	Out     json.RawMessage `json:"out,omitempty"`
	Refusal *store.Refusal  `json:"refusal,omitempty"`
	Before  bool            `json:"before,omitempty"` // it was carried out before
	News    store.News      `json:"news"`
	More    bool            `json:"more,omitempty"` // there is more news than this
}

// RenewAsk asks for a new epoch: the station's log went another way than central's
// record of it. Hashes are those of its facts from number From on.
type RenewAsk struct {
	Epoch  int64    `json:"epoch"`
	From   int64    `json:"from"`
	Hashes [][]byte `json:"hashes"`
}

// RenewAnswer is the epoch, and how far both logs are the same. Rev is where central's
// numbering was.
type RenewAnswer struct {
	Epoch  int64 `json:"epoch"`
	Common int64 `json:"common"`
	Rev    int64 `json:"rev"`
}

// HashesMax is how many hashes a station asks about at once, at most.
const HashesMax = 20_000

// SnapshotAsk asks for a snapshot with all that was numbered up to Rev.
type SnapshotAsk struct {
	Rev int64 `json:"rev"`
}

// OfferAsk is a run of anybody's log, for a central server that was restored, or people
// who travelled beside it. Done says that the station has nothing more to offer.
type OfferAsk struct {
	Run        store.Run         `json:"run"`
	Recipients []store.Recipient `json:"recipients,omitempty"`
	Forked     bool              `json:"forked,omitempty"` // central has others under these numbers
	Done       bool              `json:"done,omitempty"`
}

// OfferAnswer says how many facts were new to central. Closed says that the station had
// its turn before. Odd answers Done: some facts contradict one another, and central may go
// by others than the station.
type OfferAnswer struct {
	Fresh  int  `json:"fresh"`
	Closed bool `json:"closed,omitempty"`
	Odd    bool `json:"odd,omitempty"`
}

// A Problem is why a request was not answered. Its code is for programs.
type Problem struct {
	Code ProblemCode `json:"problem"`
	Seq  int64       `json:"seq,omitempty"` // where the station's log ends at central
	Text string      `json:"text,omitempty"`
}

// A ProblemCode names what is wrong with a request.
type ProblemCode string

// The problems.
const (
	BadRequest   ProblemCode = "bad_request"    // not to be understood
	TooLarge     ProblemCode = "too_large"      // more than the limits allow
	NotSigned    ProblemCode = "not_signed"     // no signature, or not the station's
	WrongClock   ProblemCode = "wrong_clock"    // signed at another time than central's
	Unknown      ProblemCode = "unknown"        // no such station or warehouse
	Revoked      ProblemCode = "revoked"        // nothing is taken from the station any more
	BadCode      ProblemCode = "bad_code"       // the enrolment code is wrong, used or too old
	Gap          ProblemCode = "gap"            // central lacks facts before these
	Forked       ProblemCode = "forked"         // central has other facts under these numbers
	Altered      ProblemCode = "altered"        // the hash does not follow from the facts
	Restored     ProblemCode = "restored"       // central was restored: say hello first
	Failed       ProblemCode = "failed"         // central could not; try again
	NoSuchRuling ProblemCode = "no_such_ruling" // central is older than the station
	Busy         ProblemCode = "busy"           // too many requests; try again later
)

// Problems lists every problem, for tests that must not miss one.
var Problems = []ProblemCode{BadRequest, TooLarge, NotSigned, WrongClock, Unknown, Revoked, BadCode,
	Gap, Forked, Altered, Restored, Failed, NoSuchRuling, Busy}

func (p *Problem) Error() string { return string(p.Code) + " " + p.Text }
