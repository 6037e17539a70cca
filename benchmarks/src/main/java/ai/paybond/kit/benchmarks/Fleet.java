package ai.paybond.kit.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several processes that make calls over one PostgreSQL at the same time. */
final class Fleet {

    private static final int THREADS = 8;
    private static final double MILLIS = 1_000;
    private static final double NANOS_IN_MILLI = 1_000_000;

    /**
     * Calls that a process warms up with, for each millisecond of measuring. Not a length of time: processes that share
     * processors would make the fewer calls in it the more they are, and the colder of them would be compared with the
     * warmer.
     */
    private static final long WARM_UPS = 4;

    private Fleet() {}

    static List<Measurement> measure(Effort effort) {
        List<Measurement> all = new ArrayList<>();
        for (int processes : effort.equals(Effort.BLINK) ? List.of(1) : List.of(1, 2, 4)) {
            all.add(measure(effort, processes));
        }
        return all;
    }

    private static Measurement measure(Effort effort, int processes) {
        try (EmbeddedPostgres server = Journals.startPostgresql()) {
            Work done = workOf(effort, server.getJdbcUrl("postgres", "postgres"), processes);
            return new Measurement(
                    "Fleet.calls",
                    Map.of("processes", Integer.toString(processes), "threads", Integer.toString(THREADS)),
                    Map.of(
                            "per_second",
                            done.calls * MILLIS / effort.measuringMillis(),
                            "busy_ms_per_op",
                            done.busyNanos / NANOS_IN_MILLI / done.calls));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param busyNanos of the processes' processors, all together */
    private record Work(long calls, long busyNanos) {}

    private static Work workOf(Effort effort, String url, int processes) throws IOException {
        List<Member> members = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                members.add(Member.start(effort, url));
            }
            for (Member member : members) {
                member.expect("READY");
            }
            for (Member member : members) {
                member.go();
            }
            Work all = new Work(0, 0);
            for (Member member : members) {
                String[] answer = member.answer().split(" ", 2);
                all = new Work(all.calls + Long.parseLong(answer[0]), all.busyNanos + Long.parseLong(answer[1]));
            }
            return all;
        } finally {
            members.forEach(Member::close);
        }
    }

    /** A {@link FleetMember} seen from here. */
    private record Member(Process process, BufferedReader output) implements AutoCloseable {
        static Member start(Effort effort, String url) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            FleetMember.class.getName(),
                            url,
                            Integer.toString(THREADS),
                            Long.toString(WARM_UPS * effort.measuringMillis()),
                            Long.toString(effort.measuringMillis()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Member(process, process.inputReader(StandardCharsets.UTF_8));
        }

        void expect(String word) throws IOException {
            String said = answer();
            if (!said.equals(word)) {
                throw new IOException("a process of the fleet said " + said + " instead of " + word);
            }
        }

        /** The next line for us; libraries may write others in between. */
        String answer() throws IOException {
            @Nullable String line = output.readLine();
            while (line != null && !line.startsWith(FleetMember.PREFIX)) {
                line = output.readLine();
            }
            if (line == null) {
                throw new IOException("a process of the fleet ended");
            }
            return line.substring(FleetMember.PREFIX.length());
        }

        void go() throws IOException {
            OutputStream input = process.getOutputStream();
            input.write('\n');
            input.flush();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
