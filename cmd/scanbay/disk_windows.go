package main

import "golang.org/x/sys/windows"

// diskFree is how many bytes can be written to the disk of a folder.
func diskFree(folder string) (free uint64, err error) {
	path, err := windows.UTF16PtrFromString(folder)
	if err == nil {
		err = windows.GetDiskFreeSpaceEx(path, &free, nil, nil)
	}
	return free, err
}
