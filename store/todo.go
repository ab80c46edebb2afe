package store

// A todoKind is a kind of thing that somebody has to do something about.
type todoKind string

// What is to be done. What customers are to be told of is of its notice's kind.
const (
	todoParcel todoKind = "parcel"      // to be opened
	todoDecide todoKind = "rma_decide"  // to decide on a return that came unannounced
	todoClosed todoKind = "came_closed" // to decide anew, since goods came of a closed one
	todoStray  todoKind = "stray"       // that nobody knows

	todoCount   todoKind = "count"       // a bin to be counted
	todoRule    todoKind = "count_rule"  // a count that the authority is to rule on
	todoApprove todoKind = "variance"    // for a person to approve
	todoDisc    todoKind = "discrepancy" // for a person to resolve
)

// begun says that something is to be done since a time, and done that nothing is any more.
// The later of the two stands: what is done may be to be done once more.
func (k todoKind) begun(at Stamp, ref any, since int64) Change {
	return todos.raise(at, k, ref, Bit(true), since)
}

func (k todoKind) done(at Stamp, ref any, since int64) Change {
	return todos.raise(at, k, ref, Bit(false), since)
}
