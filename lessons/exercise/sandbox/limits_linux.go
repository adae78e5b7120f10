package sandbox

import (
	"os"
	"os/exec"
	"sync/atomic"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// confine gives the child, for good, as little as it needs, and returns the page it
// shares with its parent.
func confine() page {
	limits := map[int]uint64{
		unix.RLIMIT_CORE:   0,
		unix.RLIMIT_FSIZE:  0, // no file can grow: pipes are not files
		unix.RLIMIT_NOFILE: 16,
	}
	if !raceEnabled { // the race detector's own memory is far above it
		limits[unix.RLIMIT_DATA] = maxMemory
	}
	for what, n := range limits {
		if err := unix.Setrlimit(what, &unix.Rlimit{Cur: n, Max: n}); err != nil {
			os.Exit(1)
		}
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		os.Exit(1)
	}
	return mapPage(pageFile)
}

// confineTime bounds the processor time of the child in seconds, all in all.
func confineTime(seconds uint64) {
	unix.Setrlimit(unix.RLIMIT_CPU, &unix.Rlimit{Cur: seconds, Max: seconds})
}

// attributes makes the kernel kill the child when its parent dies.
func attributes(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// executable is this program, even if its file has been replaced since.
func executable() (string, error) { return "/proc/self/exe", nil }

// peak is the most memory that a process which has ended had in use, in bytes.
func peak(state *os.ProcessState) int64 {
	if u, ok := state.SysUsage().(*syscall.Rusage); ok {
		return int64(u.Maxrss) << 10
	}
	return 0
}

// page is memory that parent and child share: a number survives there when the
// child does not. The zero page holds nothing.
type page struct{ line *atomic.Int32 }

// pageFile is the child's file descriptor of it, the first after the standard ones.
const pageFile = 3

// newPage makes a page, with the file to hand to the child.
func newPage() (page, *os.File, error) {
	fd, err := unix.MemfdCreate("exercise", unix.MFD_CLOEXEC)
	if err != nil {
		return page{}, nil, nil // an old kernel: lines are not known then
	}
	f := os.NewFile(uintptr(fd), "exercise")
	if err := f.Truncate(pageSize); err != nil {
		f.Close()
		return page{}, nil, err
	}
	return mapPage(fd), f, nil
}

const pageSize = 4096

func mapPage(fd int) page {
	b, err := unix.Mmap(fd, 0, pageSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return page{}
	}
	return page{(*atomic.Int32)(unsafe.Pointer(&b[0]))}
}

func (p page) set(line int) {
	if p.line != nil {
		p.line.Store(int32(line))
	}
}

func (p page) get() int {
	if p.line == nil {
		return 0
	}
	return int(p.line.Load())
}

// free gives the page back.
func (p page) free() {
	if p.line != nil {
		unix.Munmap(unsafe.Slice((*byte)(unsafe.Pointer(p.line)), pageSize))
	}
}
