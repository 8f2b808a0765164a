import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes out of a jar what the agent's leaves out of Hazelcast: see its pom.xml. Usage: {@code WithoutHooks.java JAR} */
class WithoutHooks {

    public static void main(String[] args) throws IOException {
        try (var jar = FileSystems.newFileSystem(Path.of(args[0]));
                var hooks = Files.newDirectoryStream(jar.getPath("META-INF/services"), "com.hazelcast.*Hook")) {
            for (Path hook : hooks) {
                Files.delete(hook);
            }
        }
    }
}
