package keras.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who trains together, as environments say it. */
class ClusterTest {

  @Test
  void isReadFromKerassVariables() {
    Cluster cluster =
        Cluster.of(
                Map.of(
                    "KERAS_DISTRIBUTION_JOB_ADDRESSES", "10.0.0.1:4000, 10.0.0.2:4001",
                    "KERAS_DISTRIBUTION_NUM_PROCESSES", "2",
                    "KERAS_DISTRIBUTION_PROCESS_ID", "1"))
            .orElseThrow();

    assertThat(cluster).isEqualTo(new Cluster(List.of("10.0.0.1:4000", "10.0.0.2:4001"), 1));
  }

  @Test
  void isReadFromTensorFlowsVariableWithChiefsFirst() {
    String config =
        """
        {"cluster": {"worker": ["b:1", "c:2"], "chief": ["a:3"]},
         "task": {"type": "worker", "index": 1}}
        """;

    assertThat(Cluster.of(Map.of("TF_CONFIG", config)))
        .contains(new Cluster(List.of("a:3", "b:1", "c:2"), 2));
  }

  @Test
  void isNotThereWithoutEither() {
    assertThat(Cluster.of(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:", ":1", "host:0", "host:65536", "host:port", "a:1,"})
  void addressesNeedAHostAndAPort(String addresses) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cluster(Cluster.split(addresses), 0))
        .withMessageContaining("this is no address.")
        .withMessageContaining("host:port, as ");
  }

  @Test
  void eachWorkerHasAnAddressOfItsOwn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cluster(List.of("a:1", "a:1"), 0))
        .withMessageContaining("each worker needs an address of its own.");
  }

  @Test
  void aRankThatIsNotThereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cluster(List.of("a:1", "b:1"), 2))
        .withMessageContaining("there is no such worker.");
  }

  @Test
  void anotherNumberOfAddressesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Cluster.of(
                    Map.of(
                        "KERAS_DISTRIBUTION_JOB_ADDRESSES", "a:1,b:1",
                        "KERAS_DISTRIBUTION_PROCESS_ID", "0",
                        "KERAS_DISTRIBUTION_NUM_PROCESSES", "3")))
        .withMessageContaining("there is another number of addresses.");
  }

  @Test
  void aProcessIdThatIsMissingIsAskedFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.of(Map.of("KERAS_DISTRIBUTION_JOB_ADDRESSES", "a:1,b:1")))
        .withMessageStartingWith("KERAS_DISTRIBUTION_PROCESS_ID: it is missing.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.initialize(o -> o.numProcesses(2)))
        .withMessageContaining("numProcesses or processId alone");
  }

  @Test
  void whatTensorFlowsVariableLacksIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.of(Map.of("TF_CONFIG", "{\"cluster\": {\"worker\": [\"a:1\"]}}")))
        .withMessageContaining("the cluster or this process's task is missing.");
  }

  @Test
  void oneWorkerAddsUpAlone() {
    try (Collective alone = Distribution.initialize(o -> o.jobAddresses("a:1").processId(0))) {
      assertThat(alone.sum(new float[] {1, 2})).containsExactly(1, 2);
      assertThat(alone.broadcast(new float[] {3})).containsExactly(3);
      assertThat(alone.size()).isOne();
    }
  }
}
