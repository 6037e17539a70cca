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
            long calls = callsOf(effort, server.getJdbcUrl("postgres", "postgres"), processes);
            return new Measurement(
                    "Fleet.calls",
                    Map.of("processes", Integer.toString(processes), "threads", Integer.toString(THREADS)),
                    Map.of("per_second", calls * MILLIS / effort.measuringMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long callsOf(Effort effort, String url, int processes) throws IOException {
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
            long calls = 0;
            for (Member member : members) {
                calls += Long.parseLong(member.answer());
            }
            return calls;
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
