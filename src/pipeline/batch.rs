//! Stages that work on a group of results at once.

/// Batches successes; keeps errors in place. `work` returns a result for each
/// value it is given, in the same order.
pub(super) fn batch_successes<T, U, E>(
    results: Vec<Result<T, E>>,
    work: impl FnOnce(Vec<T>) -> Vec<Result<U, E>>,
) -> Vec<Result<U, E>> {
    let (mut values, mut errors) = (Vec::with_capacity(results.len()), Vec::with_capacity(results.len()));
    for result in results {
        errors.push(result.map(|value| values.push(value)).err());
    }
    let mut done = work(values).into_iter();
    errors.into_iter().filter_map(|error| error.map(Err).or_else(|| done.next())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_keep_their_place() {
        let check = |input: Vec<Result<i32, &'static str>>, expected: &[Result<i32, &str>]| {
            let doubled =
                |values: Vec<i32>| values.into_iter().map(|n| if n == 0 { Err("zero") } else { Ok(2 * n) }).collect();
            assert_eq!(batch_successes(input, doubled), expected);
        };
        check(vec![], &[]);
        check(vec![Ok(1), Err("bad"), Ok(3)], &[Ok(2), Err("bad"), Ok(6)]);
        check(vec![Err("a"), Err("b")], &[Err("a"), Err("b")]);
        check(vec![Ok(0), Ok(4), Err("c")], &[Err("zero"), Ok(8), Err("c")]);
    }
}
