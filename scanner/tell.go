package scanner

// An Answer is what a station says of a scan.
type Answer int

// The answers.
const (
	Right Answer = iota
	Wrong
)

// A Teller is a scanner that can tell the hand that holds it whether its last scan was
// right. Tell does not wait, and may be called from any goroutine.
type Teller interface {
	Tell(Answer)
}
