package org.pregonero.dispatcher.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.runtime.StartFailure;

class DataDirectoryLockTest {

    @TempDir
    Path directory;

    @Test
    void keepsASecondProcessAwayAndNamesTheFirst() throws Exception {
        DataDirectory data = new DataDirectory(directory);
        try (DataDirectoryLock first = DataDirectoryLock.on(data)) {
            assertThatThrownBy(() -> DataDirectoryLock.on(data))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("proceso " + ProcessHandle.current().pid())
                    .hasMessageContaining(directory.toString());
        }

        assertThatCode(() -> DataDirectoryLock.on(data).close()).doesNotThrowAnyException();
    }
}
