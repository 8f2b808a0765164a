package io.swarmctl.agent.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectionTest {
    private static final Correction NOW = new Correction(List.of("10.0.0.9"), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "controllers=192.168.1.5",
                "  Controllers =  192.168.1.5  \r\n\r\n",
                "# where it is now\r\n; really\nCONTROLLERS=\"192.168.1.5\"",
                "controllers='192.168.1.5',\nmdns=Yes",
            })
    void anAddressIsTakenAsPeopleWriteIt(String text) throws Exception {
        assertThat(Correction.read(text, NOW)).isEqualTo(new Correction(List.of("192.168.1.5"), true));
    }

    @Test
    void severalAddressesStandWithCommasOrBlanks() throws Exception {
        assertThat(Correction.read("controllers=rack.local:9444, 10.0.0.2 [fd00::1]:8444", NOW)
                        .controllers())
                .containsExactly("rack.local:9444", "10.0.0.2", "[fd00::1]:8444");
    }

    @Test
    void whatIsNotSaidStaysAsItIs() throws Exception {
        assertThat(Correction.read("mdns=off", NOW)).isEqualTo(new Correction(List.of("10.0.0.9"), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# x\\ncontrolers=10.0.0.2       | line 2: 'controlers' cannot be set here; controllers and mdns can",
                "ca-file=/tmp/ca                 | line 1: 'ca-file' cannot be set here",
                "192.168.1.5                     | line 1: it has no '='; write it as controllers=192.168.1.5",
                "controllers=https://10.0.0.2    | line 1: 'https://10.0.0.2' is no address of a controller",
                "controllers=10.0.0.2:99999      | write it as 192.168.1.5, rack.local or 192.168.1.5:8444",
                "mdns=maybe                      | line 1: 'maybe' is no value for mdns; write true or false",
                "mdns=on\\nmdns=off              | line 2: 'mdns' is there twice",
                "controllers=\\nmdns=false       | no controller could be found",
                "# nothing                       | it has no setting; write a line such as controllers=",
                "enrolment-key=abcd              | an enrolment key is not taken from here; take the line out",
            })
    void whatIsWrongIsSaidWithItsLineAndWhatToDo(String text, String said) {
        assertThatThrownBy(() -> Correction.read(text.replace("\\n", "\n"), NOW))
                .isInstanceOf(CorrectionException.class)
                .hasMessageContaining(said);
    }

    @Test
    void theRestOfTheConfigurationStays() {
        String before = "# Where to find it.\ncontrollers=10.0.0.9\nmdns=true\ndevice-tree=/run/board\n";
        assertThat(new Correction(List.of("a.local", "b.local"), false).in(before))
                .isEqualTo("# Where to find it.\ndevice-tree=/run/board\ncontrollers=a.local,b.local\nmdns=false\n");
    }
}
