// Loaded before a program that the bootstrap starts: when the bootstrap is gone, however it died, its channel breaks,
// and the program is told to end as if somebody had asked it to. Without a channel (started by hand) this does nothing.
if (process.channel) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // the channel alone must not keep a program running that has done its work
  process.channel.unref();
}
