package io.parallax.api.ledger.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.message.TaskAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static Candidate candidate(int task, long a, long b) {
        return new Candidate(new TaskAddress(1, 1, 1, task), new Connections(a, b, null, false, false));
    }

    @Test
    void sourcesWithoutALimitTakeAll() {
        List<Candidate> candidates = List.of(candidate(0, 1, 2), candidate(1, 1, 2));
        assertThat(new Admission(Map.of(), Map.of(), Map.of()).admit(candidates))
                .isEqualTo(candidates);
    }

    @Test
    void countsWhatIsInUseAndWhatItAdmits() {
        List<Candidate> admitted = new Admission(Map.of(1L, 6), Map.of(1L, 2), Map.of())
                .admit(List.of(candidate(0, 1, 2), candidate(1, 2, 1), candidate(2, 1, 2)));
        assertThat(admitted).containsExactly(candidate(0, 1, 2), candidate(1, 2, 1));
    }

    @Test
    void aTaskWithinOneSourceTakesThreeConnections() {
        List<Candidate> admitted = new Admission(Map.of(1L, 5), Map.of(), Map.of())
                .admit(List.of(candidate(0, 1, 1), candidate(1, 1, 1), candidate(2, 1, 2)));
        assertThat(admitted).containsExactly(candidate(0, 1, 1), candidate(2, 1, 2));
    }

    @Test
    void oneTaskMayAlwaysRun() {
        List<Candidate> admitted =
                new Admission(Map.of(1L, 1), Map.of(), Map.of()).admit(List.of(candidate(0, 1, 1), candidate(1, 1, 1)));
        assertThat(admitted).containsExactly(candidate(0, 1, 1));
    }

    @Test
    void aFullSourceHoldsUpNoOther() {
        List<Candidate> admitted = new Admission(Map.of(1L, 1), Map.of(1L, 1), Map.of())
                .admit(List.of(candidate(0, 1, 2), candidate(1, 2, 3)));
        assertThat(admitted).containsExactly(candidate(1, 2, 3));
    }

    @Test
    void oneTaskMayRunWhereAllConnectionsAreHeld() {
        Admission admission = new Admission(Map.of(1L, 2), Map.of(1L, 2), Map.of(1L, 2));
        assertThat(admission.admit(List.of(candidate(0, 1, 2), candidate(1, 1, 2))))
                .containsExactly(candidate(0, 1, 2));
    }

    @Test
    void whatIsHeldTakesItsConnections() {
        Admission admission = new Admission(Map.of(1L, 5), Map.of(1L, 3), Map.of(1L, 2));
        assertThat(admission.admit(List.of(candidate(0, 1, 2), candidate(1, 1, 2))))
                .containsExactly(candidate(0, 1, 2));
    }
}
