package scanner

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"testing"
	"time"
)

// A scanner that is not there, and then is and may not be read, is told of twice: the cure is
// another one.
func TestWhatMayNotBeReadIsToldApart(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	opens := []error{fs.ErrNotExist, fs.ErrNotExist, fs.ErrPermission, fs.ErrPermission}
	var told []error
	plug := Plug{
		Open: func() (Device, error) {
			if len(opens) == 0 {
				stop()
				return nil, fs.ErrPermission
			}
			err := opens[0]
			opens = opens[1:]
			return nil, err
		},
		Status: func(_ string, err error) { told = append(told, err) },
		Now:    time.Now,
	}
	if err := plug.Run(ctx); err != nil {
		t.Error(err)
	}
	if !slices.EqualFunc(told, []error{fs.ErrNotExist, fs.ErrPermission}, errors.Is) {
		t.Errorf("told of %v", told)
	}
}
