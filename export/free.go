package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"taizhang/model"
)

// Exports is the folder of exports beside a ledger; it is made when there is none.
func Exports(ledger string) (string, error) {
	folder := filepath.Join(filepath.Dir(ledger), "exports")
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", model.Problemf("不能建立文件夹 %s", "cannot create the folder %s", folder)
	}
	return folder, nil
}

// CreateFree begins the first file of a series whose name is not taken:
// name.md, name-2.md, name-3.md.
func CreateFree(folder, name, ending string) (*File, error) {
	full := name + ending
	for n := 2; n < 1000; n++ {
		if _, err := os.Lstat(filepath.Join(folder, full)); errors.Is(err, fs.ErrNotExist) {
			break
		}
		full = fmt.Sprintf("%s-%d%s", name, n, ending)
	}
	return CreateIn(folder, full)
}
