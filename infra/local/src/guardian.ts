import { spawn, type ChildProcess } from "node:child_process"
import type { Socket } from "node:net"

/**
 * Reads lines: `add PID`, `del PID`, `tmp FOLDER`. When its input ends, the program that wrote it is gone: it stops the pids that are left, first
 * politely, and removes the temporary folders. In a session of its own, so Ctrl-C does not reach it.
 */
const script = `
trap '' INT HUP TERM
pids=' '
set --
while read -r op word; do
  case "$op" in
    add) pids="$pids$word " ;;
    del) pids=$(printf '%s' "$pids" | sed "s/ $word / /") ;;
    tmp) set -- "$@" "$word" ;;
  esac
done
for pid in $pids; do kill -TERM "$pid" 2>/dev/null; done
for _ in 1 2 3 4 5 6 7 8 9 10; do
  alive=
  for pid in $pids; do kill -0 "$pid" 2>/dev/null && alive=1; done
  [ -z "$alive" ] && break
  sleep 0.5
done
for pid in $pids; do kill -KILL -- "-$pid" 2>/dev/null; kill -KILL "$pid" 2>/dev/null; done
[ $# -gt 0 ] && rm -rf -- "$@"
`

let guardian: ChildProcess | undefined

const tell = (line: string): void => {
  if (guardian === undefined) {
    guardian = spawn("sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"], detached: true })
    guardian.on("error", () => undefined)
    guardian.stdin?.on("error", () => undefined)
    guardian.unref()
    const input = guardian.stdin as Socket | null
    input?.unref()
  }
  guardian.stdin?.write(`${line}\n`)
}

/** From now on `pid` does not outlive this process, however this process ends (kill -9 included). Costs one idle `sh` per process. */
export const guard = (pid: number): void => tell(`add ${pid}`)

/** `pid` has ended; its number may come back as someone else. */
export const unguard = (pid: number): void => tell(`del ${pid}`)

/** Removes a temporary folder once this process has ended, however it ends. */
export const removeAfterwards = (folder: string): void => tell(`tmp ${folder}`)
