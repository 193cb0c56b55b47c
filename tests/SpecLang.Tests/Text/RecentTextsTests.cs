using System.Collections.Concurrent;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Text;

public sealed class RecentTextsTests
{
    [Fact]
    public void A_text_is_made_once_while_few_others_are_asked_for()
    {
        var made = new ConcurrentQueue<string>();
        RecentTexts<string> texts = Counting(made, 4);
        foreach (string text in (string[])["a", "b", "a", "c", "d", "a", "e"]) Assert.Equal(text + "!", texts.Of(text));
        Assert.Equal(["a", "b", "c", "d", "e"], made);
    }

    [Fact]
    public void What_nobody_asked_for_while_many_others_came_is_forgotten()
    {
        var made = new ConcurrentQueue<string>();
        RecentTexts<string> texts = Counting(made, 4);
        texts.Of("a");
        for (int i = 0; i < 8; i++) texts.Of($"{i}");
        texts.Of("a");
        Assert.Equal(2, made.Count(static text => text == "a"));
    }

    [Fact]
    public void A_long_text_is_not_remembered()
    {
        var made = new ConcurrentQueue<string>();
        RecentTexts<string> texts = Counting(made, 4);
        var text = new string('a', 300);
        Assert.Equal(texts.Of(text), texts.Of(text));
        Assert.Equal(2, made.Count);
    }

    [Fact]
    public void Many_threads_get_what_belongs_to_their_texts()
    {
        RecentTexts<string> texts = Counting(new(), 16);
        Parallel.For(0, 2_000, index => Assert.Equal($"{index % 70}!", texts.Of($"{index % 70}")));
    }

    private static RecentTexts<string> Counting(ConcurrentQueue<string> made, int most) => new(
        text =>
        {
            made.Enqueue(text);
            return text + "!";
        },
        most);
}
