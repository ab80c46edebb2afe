package store

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Fits says whether a carrier could have printed the number. Of one whose numbers nobody
// knows, any could be.
func (no WaybillNo) Fits(c CarrierID) bool {
	of, _, _ := no.Package()
	text := strings.ToUpper(strings.ReplaceAll(string(of), " ", "")) // as it stands below its bars
	by := strings.ToUpper(string(c))
	for _, known := range numberings {
		if !slices.ContainsFunc(strings.Fields(known.carrier), func(name string) bool {
			return by == name || name[0] > 'Z' && strings.Contains(by, name)
		}) {
			continue
		}
		return slices.ContainsFunc(known.forms, func(n numbering) bool {
			return n.form.MatchString(text) && (n.check == nil || n.check(text))
		})
	}
	return true
}

// packageLabel is what JD prints on each parcel of a waybill: its number among so many, and
// the chute that it takes.
var packageLabel = regexp.MustCompile(
	`^(.{6,}?)(?:-(\d{1,3})-(\d{1,3})(?:-[A-Z0-9]*)?|N(\d{1,3})S(\d{1,3})(?:H[A-Z0-9]*)?)$`)

// Package reads the number of a parcel among those of one waybill: of is the waybill, and n is
// 0 for a number that stands for a parcel of its own.
func (no WaybillNo) Package() (of WaybillNo, n, total int64) {
	m := packageLabel.FindStringSubmatch(string(no))
	if m == nil {
		return no, 0, 0
	}
	n, _ = strconv.ParseInt(m[2]+m[4], 10, 64) // the expression has digits there
	total, _ = strconv.ParseInt(m[3]+m[5], 10, 64)
	if n < 1 || n > total {
		return no, 0, 0
	}
	return WaybillNo(m[1]), n, total
}

// Kept is the number as it is kept: of a parcel among several without the chute, so that each
// way to print it is the same.
func (no WaybillNo) Kept() WaybillNo {
	of, n, total := no.Package()
	if n == 0 {
		return no
	}
	return of + WaybillNo("-"+strconv.FormatInt(n, 10)+"-"+strconv.FormatInt(total, 10))
}
