package stoa.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One server per folder. A predecessor that lost its parent needs a moment to close its indices, so the lock is waited
 * for before the folder is called busy; the system gives it back whatever way a process ends.
 */
final class HomeLock {
    private static final long WAIT_MS = 20_000;
    private static final long STEP_MS = 100;
    private static FileLock held; // reachable for the whole life of the process: a collected lock would be released

    private HomeLock() {}

    static void take(Path home) throws IOException, InterruptedException {
        FileChannel file = FileChannel.open(
            home.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long until = System.nanoTime() + WAIT_MS * 1_000_000;
        while ((held = file.tryLock()) == null) {
            if (System.nanoTime() > until) {
                throw new IOException("the folder " + home + " is in use by another search server; stop that one or "
                    + "name another folder");
            }
            Thread.sleep(STEP_MS);
        }
    }
}
