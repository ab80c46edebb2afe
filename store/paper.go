package store

// A Paper is a kind of document that a station prints.
type Paper string

// The kinds of documents.
const (
	CartonPaper  Paper = "carton" // 箱唛: what goes on a parcel
	TotePaper    Paper = "tote"
	BinPaper     Paper = "bin"
	StagePaper   Paper = "stage"
	ItemPaper    Paper = "item"
	BadgePaper   Paper = "operator"
	CommandPaper Paper = "command"
	ReturnPaper  Paper = "return"
	SlipPaper    Paper = "slip"
	PickPaper    Paper = "picklist"
	PackingPaper Paper = "packinglist"
	LoadingPaper Paper = "loading"
	TestPaper    Paper = "test" // what a scanner is tried with
)

// Papers lists the kinds of documents, for tests that must not miss one.
var Papers = []Paper{CartonPaper, TotePaper, BinPaper, StagePaper, ItemPaper, BadgePaper,
	CommandPaper, ReturnPaper, SlipPaper, PickPaper, PackingPaper, LoadingPaper, TestPaper}
