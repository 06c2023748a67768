package keras.internal.trainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import keras.internal.graph.Engine;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tensorflow.ndarray.FloatNdArray;

/** Calls that come while all cores are busy. */
@Timeout(60)
class JoinedRequestsTest {

  private final JoinedRequests requests = new JoinedRequests();
  private final CountDownLatch busy = new CountDownLatch(Engine.cores());
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<Integer> joinedSizes = new ArrayList<>();
  private final AtomicInteger alone = new AtomicInteger();

  private static Batch batch(int rows, int width, float value) {
    float[] values = new float[rows * width];
    java.util.Arrays.fill(values, value);
    return new Batch(List.of(FloatArrays.wrap(values, rows, width)), List.of(), List.of());
  }

  /** Doubles each number; 13 is bad luck. */
  private static List<FloatNdArray> doubled(Batch batch) {
    float[] values = FloatArrays.values(batch.inputs().get(0)).clone();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == 13) {
        throw new IllegalArgumentException("13");
      }
      values[i] *= 2;
    }
    return List.of(FloatArrays.wrap(values, batch.inputs().get(0).shape().asArray()));
  }

  private List<FloatNdArray> aloneDoubled(Batch batch) {
    alone.incrementAndGet();
    return doubled(batch);
  }

  private synchronized List<FloatNdArray> joinedDoubled(Batch batch) {
    joinedSizes.add(batch.size());
    return doubled(batch);
  }

  /** Starts a call in a thread of its own and returns once it waits. */
  private FutureTask<List<FloatNdArray>> waiting(Batch batch) {
    FutureTask<List<FloatNdArray>> task =
        new FutureTask<>(() -> requests.run(batch, this::aloneDoubled, this::joinedDoubled));
    Thread thread = new Thread(task);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return task;
  }

  /** Has as many runs go on as there are cores, until they are released. */
  private void occupyAllCores() throws InterruptedException {
    Function<Batch, List<FloatNdArray>> slow =
        batch -> {
          busy.countDown();
          uninterrupted(
              () -> {
                released.await();
                return null;
              });
          return doubled(batch);
        };
    for (int i = 0; i < Engine.cores(); i++) {
      new Thread(() -> requests.run(batch(1, 2, 1), slow, slow)).start();
    }
    busy.await();
  }

  private static void uninterrupted(Callable<Void> wait) {
    try {
      wait.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] answer(FutureTask<List<FloatNdArray>> task) throws Exception {
    return FloatArrays.values(task.get().get(0));
  }

  @Test
  void goesOnAtOnceWhileACoreIsFree() {
    List<FloatNdArray> answer =
        requests.run(batch(1, 2, 3), this::aloneDoubled, this::joinedDoubled);

    assertThat(FloatArrays.values(answer.get(0))).containsExactly(6, 6);
    assertThat(alone).hasValue(1);
    assertThat(joinedSizes).isEmpty();
  }

  @Test
  void putsTogetherWhatHasWaitedForACoreAndGivesEachItsOwnRows() throws Exception {
    occupyAllCores();
    List<FutureTask<List<FloatNdArray>>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tasks.add(waiting(batch(1 + i % 2, 2, i)));
    }
    released.countDown();

    for (int i = 0; i < 6; i++) {
      float[] expected = new float[2 * (1 + i % 2)];
      java.util.Arrays.fill(expected, 2 * i);
      assertThat(answer(tasks.get(i))).containsExactly(expected);
    }
    assertThat(joinedSizes).containsExactly(9);
    assertThat(alone).hasValue(0);
  }

  @Test
  void doesNotPutTogetherSamplesOfDifferentShapes() throws Exception {
    occupyAllCores();
    List<FutureTask<List<FloatNdArray>>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tasks.add(waiting(batch(1, 2 + i % 2, i)));
    }
    released.countDown();

    for (int i = 0; i < 6; i++) {
      assertThat(answer(tasks.get(i))).hasSize(2 + i % 2).containsOnly(2 * i);
    }
    assertThat(joinedSizes).containsExactlyInAnyOrder(3, 3);
  }

  @Test
  void answersTheOthersWhereOneCannotBeAnswered() throws Exception {
    occupyAllCores();
    FutureTask<List<FloatNdArray>> good = waiting(batch(1, 2, 1));
    FutureTask<List<FloatNdArray>> bad = waiting(batch(1, 2, 13));
    FutureTask<List<FloatNdArray>> late = waiting(batch(1, 2, 4));
    released.countDown();

    assertThat(answer(good)).containsExactly(2, 2);
    assertThat(answer(late)).containsExactly(8, 8);
    assertThatThrownBy(bad::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasRootCauseMessage("13");
    assertThat(alone).hasValue(3);
  }

  @Test
  void leavesNoPlaceTakenByARunThatFailed() {
    for (int i = 0; i < 3 * Engine.cores(); i++) {
      assertThatThrownBy(
              () -> requests.run(batch(1, 2, 13), this::aloneDoubled, this::joinedDoubled))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(requests.run(batch(1, 2, 3), this::aloneDoubled, this::joinedDoubled)).hasSize(1);
  }

  @Test
  void takesSmallBatchesAlone() {
    assertThat(JoinedRequests.isSmall(batch(1, 50, 0))).isTrue();
    assertThat(JoinedRequests.isSmall(batch(32, 50, 0))).isTrue();
    assertThat(JoinedRequests.isSmall(batch(33, 50, 0))).isFalse();
    assertThat(JoinedRequests.isSmall(batch(1, 400_000, 0))).isFalse();
  }
}
