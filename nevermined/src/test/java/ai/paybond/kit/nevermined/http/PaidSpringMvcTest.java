package ai.paybond.kit.nevermined.http;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Spring MVC behind the servlet filter: ordinary, asynchronous and streamed handlers. */
class PaidSpringMvcTest extends PaidServerContract {
    @TempDir
    private Path directory;

    private final Tomcat tomcat = new Tomcat();

    @Override
    protected URI start(PaidRoutes routes) throws Exception {
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.register(Web.class, Answers.class);
        return PaidServletFilterTest.serve(tomcat, directory, routes, new DispatcherServlet(context));
    }

    @Override
    protected void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Configuration
    @EnableWebMvc
    static class Web {}

    @RestController
    static class Answers {
        @GetMapping("/{kind}/hello")
        ResponseEntity<String> hello(@PathVariable("kind") String kind) {
            return ResponseEntity.ok("hello");
        }

        @GetMapping("/{kind}/unprocessable")
        ResponseEntity<String> unprocessable(@PathVariable("kind") String kind) {
            return ResponseEntity.status(HttpStatus.valueOf(422)).body("no");
        }

        @GetMapping("/{kind}/broken")
        Callable<String> broken(@PathVariable("kind") String kind) {
            return () -> {
                throw new IllegalStateException("broken");
            };
        }

        @GetMapping("/{kind}/stream")
        StreamingResponseBody stream(@PathVariable("kind") String kind) {
            return out -> {
                out.write("one".getBytes("UTF-8"));
                out.flush();
                out.write("two".getBytes("UTF-8"));
            };
        }
    }
}
