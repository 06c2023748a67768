package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.internal.text.Output;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;

/** Against Keras on the same losses; see {@code testdata/callbacks.py}. */
class TerminateOnNaNTest {

  @Test
  void namesTheFirstBatchWhoseLossIsNotFinite() {
    for (Golden golden : Golden.load("callbacks/terminate_on_nan").all("cases")) {
      StringBuilder printed = new StringBuilder();
      StandInModel model = new StandInModel();
      CallbackList callbacks = new CallbackList(new TerminateOnNaN());
      callbacks.setModel(model);
      callbacks.setOutput(Output.to(printed));
      callbacks.onTrainBegin(Map.of());
      List<Boolean> stops = new ArrayList<>();
      double[] losses = golden.doubles("losses");
      for (int batch = 0; batch < losses.length && !model.stopTraining(); batch++) {
        callbacks.onTrainBatchEnd(batch, Map.of("loss", losses[batch]));
        stops.add(model.stopTraining());
      }
      assertThat(printed.toString()).as("%s", golden).isEqualTo(golden.text("prints"));
      assertThat(stops.toString().replace(" ", ""))
          .as("%s", golden)
          .isEqualTo(golden.at("stops").json().toString());
    }
  }

  @Test
  void failsAtOnceIfToldTo() {
    TerminateOnNaN terminate = new TerminateOnNaN().raiseError(true);
    assertThatThrownBy(() -> terminate.onTrainBatchEnd(4, Map.of("loss", Double.NaN)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            """
            TerminateOnNaN: the loss is not finite after batch 4.
              expected: a finite loss
              got:      nan
              fix:      look at the data of this batch, lower the learning rate or set clipnorm(1)""");
  }

  @Test
  void doesNotMindLogsWithoutALoss() {
    TerminateOnNaN terminate = new TerminateOnNaN().raiseError(true);
    terminate.onTrainBatchEnd(0, Map.of("accuracy", Double.NaN));
    terminate.onTrainBatchEnd(1, Map.of());
    assertThat(terminate.model()).isNull();
  }
}
