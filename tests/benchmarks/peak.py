"""The most memory that this process has held."""

from pathlib import Path


def peak_megabytes() -> float:
    """From Linux's own account: `getrusage` counts what the parent held when it started this process, too."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
