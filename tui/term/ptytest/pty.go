//go:build !windows

package ptytest

import (
	"cmp"
	"os"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// open returns the two ends of a new terminal. Ours does not block, so that
// closing it ends a read; pty.Open gives it back blocking.
func open() (master, tty *os.File, err error) {
	m, tty, err := pty.Open()
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = m.Close() }()
	fd, err := unix.FcntlInt(m.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err == nil {
		err = unix.SetNonblock(fd, true)
	}
	return os.NewFile(uintptr(fd), m.Name()), tty, err
}

// setSize tells the terminal its size without making it block, as Fd would.
func setSize(f *os.File, cols, rows int) error {
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = conn.Control(func(fd uintptr) {
		failed = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Col: uint16(cols), Row: uint16(rows)})
	})
	return cmp.Or(failed, err)
}
