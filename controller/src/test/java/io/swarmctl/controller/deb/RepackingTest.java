package io.swarmctl.controller.deb;

import static io.swarmctl.controller.image.TestTools.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's own program makes what is packed anew, and reads the outcome. */
class RepackingTest {
    @TempDir
    private Path directory;

    private Path original;
    private Path packed;

    @BeforeEach
    void aPackageAsDebianMakesThem() throws Exception {
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve("DEBIAN"));
        Files.writeString(tree.resolve("DEBIAN/control"), """
                Package: engine
                Version: 1:2.0+b1
                Architecture: all
                Maintainer: nobody <nobody@localhost>
                Description: an engine
                 of several cylinders
                """);
        Files.writeString(tree.resolve("DEBIAN/postinst"), "#!/bin/sh\n");
        run("chmod", "755", tree.resolve("DEBIAN/postinst").toString());
        Files.createDirectories(tree.resolve("usr/sbin"));
        Files.writeString(tree.resolve("usr/sbin/engine"), "turns ".repeat(100_000));
        run("chmod", "4750", tree.resolve("usr/sbin/engine").toString());
        Files.createSymbolicLink(tree.resolve("usr/sbin/motor"), Path.of("engine"));
        original = directory.resolve("original.deb");
        packed = directory.resolve("packed.deb");
        run("dpkg-deb", "-Zxz", "--root-owner-group", "--build", tree.toString(), original.toString());
    }

    @Test
    void aPackageHoldsTheSameAsBefore() throws Exception {
        Repacking.repack(original, packed);

        for (String question : new String[] {"--field", "--contents", "--info"}) {
            assertThat(run("sh", "-c", "dpkg-deb " + question + " \"$0\" | grep -v '^ size '", packed.toString()))
                    .as(question)
                    .isEqualTo(run(
                            "sh", "-c", "dpkg-deb " + question + " \"$0\" | grep -v '^ size '", original.toString()));
        }
    }

    @Test
    void itIsPackedByZstandard() throws Exception {
        Repacking.repack(original, packed);

        assertThat(run("ar", "t", packed.toString())).isEqualTo("debian-binary\ncontrol.tar.zst\ndata.tar.zst\n");
    }

    @Test
    void whatIsNoPackageIsRefused() throws Exception {
        Files.writeString(original, "<html>log in to this network</html>");

        assertThatThrownBy(() -> Repacking.repack(original, packed))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no package");
    }

    @Test
    void aPackageThatIsCutOffIsRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(original);
        Files.write(original, Arrays.copyOf(bytes, bytes.length - 100));

        assertThatThrownBy(() -> Repacking.repack(original, packed)).isInstanceOf(IOException.class);
    }
}
