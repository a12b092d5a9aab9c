package stoa.embedded;

import java.nio.file.Path;

/**
 * What the launcher is told.
 *
 * @param home folder that holds config, data and logs
 * @param port port for HTTP on 127.0.0.1; 0 takes any free one
 * @param endsWithInput whether the server ends when its standard input does, so that it goes with its parent
 */
record Options(Path home, int port, boolean endsWithInput) {
    static final String USAGE = "usage: Launcher --home FOLDER [--port N] [--end-with-input]";

    static Options parse(String[] args) {
        Path home = null;
        int port = 0;
        boolean endsWithInput = false;
        for (int at = 0; at < args.length; at++) {
            switch (args[at]) {
                case "--home" -> home = Path.of(value(args, ++at)).toAbsolutePath().normalize();
                case "--port" -> port = Integer.parseInt(value(args, ++at));
                case "--end-with-input" -> endsWithInput = true;
                default -> throw new IllegalArgumentException("unknown option " + args[at] + "; " + USAGE);
            }
        }
        if (home == null) throw new IllegalArgumentException("--home is missing; " + USAGE);
        return new Options(home, port, endsWithInput);
    }

    private static String value(String[] args, int at) {
        if (at >= args.length) throw new IllegalArgumentException(args[at - 1] + " needs a value; " + USAGE);
        return args[at];
    }
}
