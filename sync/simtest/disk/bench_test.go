package disk_test

import (
	"testing"

	"scanbay/sync/simtest/disk"
)

// BenchmarkLoad is a machine from an image, without a program.
func BenchmarkLoad(b *testing.B) {
	start := template(b)
	for b.Loop() {
		d := disk.New(1)
		d.Load(start)
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpen is a machine from an image that opens its database as production does,
// with a writer and a reader.
func BenchmarkOpen(b *testing.B) {
	start := template(b)
	for b.Loop() {
		d := disk.New(1)
		d.Load(start)
		write, read := dial(b, d, full, 1), dial(b, d, readOnly, 1)
		number(b, write, count)
		number(b, read, count)
		_, _ = read.Close(), write.Close()
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkInsert is a row that is answered.
func BenchmarkInsert(b *testing.B) {
	d := newDisk(b, 1)
	d.Load(template(b))
	db := open(b, d, full, 1)
	for i := 1; b.Loop(); i++ {
		exec(b, db, insert, i, 300)
	}
}
