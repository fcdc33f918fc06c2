package db

import "time"

// StepOfBackup lets a test into each step of a backup.
func StepOfBackup(o *BackupOptions, f func(string) error) { o.step = f }

// StepOfRestore lets a test into each step of a restore.
func StepOfRestore(o *RestoreOptions, f func(string) error) { o.step = f }

// PruneSteps is Prune with a test let into each removal.
func PruneSteps(dir, ledgerID string, f func(string) error) ([]string, error) {
	return prune(dir, ledgerID, "", f)
}

// Retain is which of some backups stay.
func Retain(made []time.Time) []bool { return retain(made) }
