package store

import (
	"fmt"
	"strconv"

	"scanbay/scanner/gs1"
)

const (
	ssccBody = 17 // digits, and one to check them

	// stationParts is how many stations two characters can name, of 36 each: the numbers of a
	// company are shared out among so many, so that no two stations mint the same.
	stationParts = 36 * 36
)

// NextSSCC is the number of the next carton that this station opens, as GS1 has it: an extension
// digit, the company's prefix, a serial number, and a check digit. ok is false where the site has
// no prefix, or the station has used its part of the numbers up.
func (r *Reader) NextSSCC() (id CartonID, ok bool, err error) {
	company, err := r.Setting(GS1Prefix)
	station, bad := strconv.ParseInt(r.s.id.Prefix, 36, 64)
	if err != nil || company == "off" || bad != nil || station >= stationParts {
		return "", false, err
	}
	total := int64(1)
	for range ssccBody - len(company) {
		total *= 10
	}
	part := total / stationParts
	first, last := station*part, (station+1)*part-1
	var before string
	if _, err := r.one([]any{&before}, `SELECT coalesce(max(carton), '') FROM carton
		WHERE wh = ? AND carton >= ? AND carton <= ?`, ssccOf(company, first),
		ssccOf(company, last)); err != nil {
		return "", false, err
	}
	next := first + 1
	if before != "" { // a station wrote it
		n, _ := strconv.ParseInt(before[:1]+before[1+len(company):ssccBody], 10, 64)
		next = n + 1
	}
	return ssccOf(company, next), next <= last, nil
}

// ssccOf is a number of a company: its first digit is the extension digit.
func ssccOf(company string, n int64) CartonID {
	digits := fmt.Sprintf("%0*d", ssccBody-len(company), n)
	body := digits[:1] + company + digits[1:]
	check, _ := gs1.CheckDigit(body)
	return CartonID(body + string(check))
}
