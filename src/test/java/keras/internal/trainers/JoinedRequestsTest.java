package keras.internal.trainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
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
    return waiting(requests, batch, this::aloneDoubled);
  }

  private FutureTask<List<FloatNdArray>> waiting(
      JoinedRequests model, Batch batch, Function<Batch, List<FloatNdArray>> alone) {
    FutureTask<List<FloatNdArray>> task =
        new FutureTask<>(() -> model.run(batch, alone, this::joinedDoubled));
    Thread thread = new Thread(task);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return task;
  }

  /** Has as many runs go on as there are cores, until they are released. */
  private void occupyAllCores() throws InterruptedException {
    occupyAllCores(requests, busy, released);
  }

  private static List<Thread> occupyAllCores(
      JoinedRequests model, CountDownLatch busy, CountDownLatch released)
      throws InterruptedException {
    Function<Batch, List<FloatNdArray>> slow =
        batch -> {
          busy.countDown();
          await(released);
          return doubled(batch);
        };
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Engine.cores(); i++) {
      threads.add(new Thread(() -> model.run(batch(1, 2, 1), slow, slow)));
    }
    threads.forEach(Thread::start);
    busy.await();
    return threads;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
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
  void letsAnotherModelHaveItsTurnBetweenTheRunsOfABusyOne() throws Exception {
    occupyAllCores();
    JoinedRequests other = new JoinedRequests();
    CountDownLatch otherBusy = new CountDownLatch(Engine.cores());
    CountDownLatch otherReleased = new CountDownLatch(1);
    List<Thread> others = occupyAllCores(other, otherBusy, otherReleased);

    CountDownLatch firstRuns = new CountDownLatch(Engine.cores());
    CountDownLatch otherWaits = new CountDownLatch(1);
    CountDownLatch otherAnswered = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    Function<Batch, List<FloatNdArray>> ofTheBusyOne =
        batch -> {
          boolean first = runs.getAndIncrement() < Engine.cores();
          firstRuns.countDown();
          await(first ? otherWaits : otherAnswered);
          return doubled(batch);
        };
    List<FutureTask<List<FloatNdArray>>> tasks = new ArrayList<>();
    for (int width = 1; width <= 5 * Engine.cores(); width++) {
      tasks.add(waiting(requests, batch(1, width, 1), ofTheBusyOne));
    }
    FutureTask<List<FloatNdArray>> otherTask =
        waiting(
            other,
            batch(1, 2, 4),
            batch -> {
              otherAnswered.countDown();
              return doubled(batch);
            });
    released.countDown();
    firstRuns.await();
    otherReleased.countDown();
    for (Thread thread : others) {
      thread.join();
    }
    otherWaits.countDown();

    assertThat(answer(otherTask)).containsExactly(8, 8);
    for (FutureTask<List<FloatNdArray>> task : tasks) {
      assertThat(answer(task)).containsOnly(2);
    }
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
