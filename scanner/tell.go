package scanner

// An Answer is what a station says of a scan.
type Answer int

// The answers.
const (
	Right Answer = iota
	Wrong
	Settled // what was wrong, or to be seen, was answered by a key
)

// A Teller is a scanner that can tell the hand that holds it whether its last scan was
// right, and whether that still waits for somebody. Tell does not wait, and may be called
// from any goroutine.
type Teller interface {
	Tell(Answer)
}
