import { table } from "../testing/table";
import { Engine } from "./engine";

const engine = new Engine({
  topics: [["データ処理", "データ処理"]],
  questions: [
    [
      "データ拡張",
      0,
      "データ拡張とは何ですか？",
      "画像を回転させるなど、データを人工的に増やす方法です。",
    ],
    ["ニューラルネットワーク", 0, "ニューラルネットワークとは？", "パラメータを学習します。"],
    ["エンコーダー", 0, "エンコーダーは何をしますか？", "入力をベクトルに変換します。"],
    ["过拟合", 0, "什么是过拟合？", "模型在训练集上表现很好，但在测试集上表现很差。"],
    ["ข้อมูล", 0, "การเพิ่มข้อมูลคืออะไร", "การสร้างข้อมูลใหม่จากข้อมูลเดิม"],
    ["ទិន្នន័យ", 0, "តើទិន្នន័យគឺជាអ្វី?", "ទិន្នន័យជាព័ត៌មាន"],
    ["ຂໍ້ມູນ", 0, "ຂໍ້ມູນແມ່ນຫຍັງ?", "ຂໍ້ມູນໃຊ້ຝຶກແບບຈຳລອງ"],
    ["ဒေတာ", 0, "ဒေတာဆိုတာဘာလဲ", "မော်ဒယ်ကိုလေ့ကျင့်ရန်သုံးသည်"],
    ["과적합", 0, "과적합이란 무엇인가요?", "모델이 학습 데이터를 외우는 것입니다."],
    ["uberanpassung", 0, "Was ist Überanpassung?", "Das Modell lernt die Straße auswendig."],
    ["œuvre", 0, "Łódź, Đorđe, Ørsted", "שָׁלוֹם, مُعَلِّم, ΣΟΦΟΣ, Zeit-Reihe, Größen-Änderung"],
  ],
  phrases: [],
  synonyms: ["勾配|gradient"],
  stop_words: "ist|とは|über",
});

/** The results of a query, their matches in brackets, after what it was corrected to. */
function found(query: string): string[] {
  const { results, corrected } = engine.search(query);
  const texts = results().map(({ id, question, answer }) => {
    const marks = [...question, ...answer].flatMap(([text, matched]) => (matched ? [text] : []));
    return `${id}: ${marks.join(", ")}`;
  });
  return [...(corrected ? [`corrected: ${corrected}`] : []), ...texts];
}

table("parts of words without spaces", found, [
  ["データ", ["データ拡張: データ, データ"]],
  ["ﾃﾞｰﾀ", ["データ拡張: データ, データ"]],
  ["パラメータ", ["ニューラルネットワーク: パラメータ"]],
  ["エンコーダー", ["エンコーダー: エンコーダー"]],
  ["データとは何？", ["データ拡張: データ, データ"]],
  ["回転 画像", ["データ拡張: 画像, 回転"]],
  ["拟合", ["过拟合: 拟合"]],
  ["测试集", ["过拟合: 测试集"]],
  ["ข้อมูล", ["ข้อมูล: ข้อมูล, ข้อมูล, ข้อมูล"]],
  ["ទិន្នន័យ", ["ទិន្នន័យ: ទិន្នន័យ, ទិន្នន័យ"]],
  ["ຂໍ້ມູນ", ["ຂໍ້ມູນ: ຂໍ້ມູນ, ຂໍ້ມູນ"]],
  ["လေ့ကျင့်", ["ဒေတာ: လေ့ကျင့်"]],
  ["데이터", ["과적합: 데이터"]],
  ["학습데이터", ["과적합: 학습 데이터"]], // a space more or less
  ["猫", []],
]);

table("words without spaces that only the topic has", (query: string) => found(query).length, [
  ["処理", 11],
]);

table("letters and marks that a keyboard lacks", found, [
  ["uberanpassung ", ["uberanpassung: Überanpassung"]],
  ["ÜBERANPASSUNG ", ["uberanpassung: Überanpassung"]],
  ["strasse ", ["uberanpassung: Straße"]],
  ["lodz orsted ", ["œuvre: Łódź, Ørsted"]],
  ["đorde ", ["œuvre: Đorđe"]],
  ["שלום ", ["œuvre: שָׁלוֹם"]],
  ["معلم ", ["œuvre: مُعَلِّم"]],
  ["σοφος ", ["œuvre: ΣΟΦΟΣ"]],
  ["über Straße ", ["uberanpassung: Straße"]], // a stop word
  ["Überan", ["uberanpassung: Überanpassung"]], // half a word
  ["U\u0308beran", ["uberanpassung: Überanpassung"]],
  ["ｍｏｄ", ["uberanpassung: Modell"]],
  ["Überanpasung ", ["corrected: uberanpassung", "uberanpassung: Überanpassung"]],
  ["Zeitreihe ", ["œuvre: Zeit, Reihe"]],
  ["Größenänderung ", ["œuvre: Größen, Änderung"]],
]);

table(
  "topics closest to a query without a match",
  (query: string) => engine.search(query).topics.map(({ id }) => id),
  [
    ["modell zzqx wvkj ", ["データ処理"]],
    ["zzqx wvkj ", []],
  ],
);
