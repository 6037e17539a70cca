package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureJudgeTest {
    private final FailureJudge undeclared = new FailureJudge(Set.of(), Set.of());

    static Stream<Throwable> clean() {
        return Stream.of(
                new IllegalArgumentException("no such hotel"),
                new Exception("sold out"),
                new IllegalStateException("outer", new IllegalArgumentException("inner")),
                new InvocationTargetException(new IllegalStateException("sold out")));
    }

    @ParameterizedTest
    @MethodSource("clean")
    void takesApplicationExceptionsForClean(Throwable thrown) {
        assertThat(undeclared.isDoubtful(thrown)).isFalse();
    }

    static Stream<Throwable> doubtful() {
        return Stream.of(
                new IOException("reset"),
                new SocketTimeoutException("read"),
                new UncheckedIOException(new IOException("reset")),
                new TimeoutException(),
                new CancellationException(),
                new InterruptedException(),
                new StackOverflowError(),
                new Throwable("neither exception nor error"),
                new IllegalStateException("outer", new TimeoutException()),
                new IllegalStateException("outer", new OutOfMemoryError()),
                new RuntimeException(new RuntimeException(new RuntimeException(new IOException("deep")))),
                new ExecutionException(new TimeoutException()),
                new CompletionException(new IOException("reset")),
                new InvocationTargetException(new IOException("reset")));
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void doubtsWhatMayHaveReachedTheVendor(Throwable thrown) {
        assertThat(undeclared.isDoubtful(thrown)).isTrue();
    }

    @Test
    void doubtsAChainThatNeverEnds() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);
        assertThat(undeclared.isDoubtful(one)).isTrue();
    }

    @Test
    void doubtsAnExceptionThatCannotBeLookedAt() {
        assertThat(undeclared.isDoubtful(new RuntimeException() {
                    @Override
                    public synchronized Throwable getCause() {
                        throw new IllegalStateException("lazy");
                    }
                }))
                .isTrue();
    }

    @Test
    void trustsADeclaredCleanFailure() {
        FailureJudge judge = new FailureJudge(Set.of(ConnectException.class), Set.of());
        assertThat(judge.isDoubtful(new ConnectException("refused"))).isFalse();
        assertThat(judge.isDoubtful(new UncheckedIOException(new ConnectException("refused"))))
                .isFalse();
        assertThat(judge.isDoubtful(new InvocationTargetException(new ConnectException("refused"))))
                .isFalse();
        assertThat(judge.isDoubtful(new SocketTimeoutException("read"))).isTrue();
    }

    @Test
    void trustsTheOutermostDeclaration() {
        FailureJudge judge = new FailureJudge(Set.of(IllegalStateException.class), Set.of());
        assertThat(judge.isDoubtful(new IllegalStateException("card declined", new IOException("later"))))
                .isFalse();
    }

    @Test
    void doubtsADeclaredDoubtfulFailure() {
        FailureJudge judge = new FailureJudge(Set.of(Exception.class), Set.of(IllegalStateException.class));
        assertThat(judge.isDoubtful(new IllegalStateException("vendor state unknown")))
                .isTrue();
        assertThat(judge.isDoubtful(new RuntimeException("sold out"))).isFalse();
    }

    @Test
    void doubtsErrorsWhateverIsDeclared() {
        FailureJudge judge = new FailureJudge(Set.of(Exception.class), Set.of());
        assertThat(judge.isDoubtful(new AssertionError())).isTrue();
    }
}
